using AssemblyToProcess.Gating;
using Microsoft.Extensions.Time.Testing;
using Sitters;

namespace Tests.Gating;

/// <summary>Everything here acts on the one controller of the process, by a clock that the test turns.</summary>
[NonParallelizable]
internal abstract class GatingFixture
{
    protected FakeTimeProvider Time { get; private set; } = null!;

    protected Stage Stage { get; private set; } = null!;

    [SetUp]
    public void SetTheStage()
    {
        Time = new FakeTimeProvider();
        Stage = new Stage();
        Sitter.TimeProvider = Time;
    }

    [TearDown]
    public async Task LeaveNothingBehind()
    {
        var wasPaused = Sitter.IsPaused;
        var left = string.Join(", ", Sitter.ActiveCalls);
        Sitter.Resume();
        Stage.OpenAll();
        if (left.Length > 0)
        {
            // Whatever it is, it must not meet the tests to come.
            Sitter.Cancel();
            for (var i = 0; i < 100 && Sitter.ActiveCalls.Count > 0; i++, await Task.Delay(10))
            {
                Time.Advance(TimeSpan.FromMinutes(1));
            }
        }

        Sitter.TimeProvider = TimeProvider.System;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(left, Is.Empty, "calls that are still active");
            Assert.That(wasPaused, Is.False, "still paused");
        }
    }

    protected T Set<T>()
        where T : Scene, new() => new() { Say = Stage.Say, At = Stage.At };

    /// <summary>The call ends with that result, and has told this story from its beginning to its end.</summary>
    protected async Task Ends<T>(Task<T> call, T? result, string story)
    {
        Assert.That(await call.InTime(), Is.EqualTo(result));
        Assert.That(Stage.Story, Is.EqualTo(story));
    }

    /// <summary>The one active call of that name.</summary>
    protected static SitContext Call(string method) => Sitter.ActiveCalls.Single(call => call.Name == method);
}

using AssemblyToProcess;
using Sitters;

namespace Tests.Harness;

/// <summary>Everything here acts on the one controller of the process, by a clock that the test moves.</summary>
[NonParallelizable]
internal abstract class ControllerFixture
{
    protected TestClock Clock { get; private set; } = null!;

    protected Stage Stage { get; private set; } = null!;

    /// <summary>A second stage, for tests that must tell two subjects apart.</summary>
    protected Stage OtherStage { get; private set; } = null!;

    [SetUp]
    public void SetTheStage()
    {
        Clock = new TestClock();
        Stage = new Stage();
        OtherStage = new Stage();
        Sitter.TimeProvider = Clock;
    }

    [TearDown]
    public async Task LeaveNothingBehind()
    {
        var wasPaused = Sitter.IsPaused;
        var left = string.Join(", ", Sitter.ActiveCalls);
        Sitter.Resume();
        Stage.OpenAll();
        OtherStage.OpenAll();
        if (left.Length > 0)
        {
            // Whatever it is, it must not meet the tests to come.
            Sitter.Cancel();
            for (var i = 0; i < 100 && Sitter.ActiveCalls.Count > 0; i++, await Task.Delay(10))
            {
                Clock.Advance(TimeSpan.FromMinutes(1));
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
        where T : Scene, new() => Stage.Set(new T());

    /// <summary>The call ends with that result, and has this story from its beginning to its end.</summary>
    protected async Task Ends<T>(Task<T> call, T? result, string story)
    {
        Assert.That(await call.InTime(), Is.EqualTo(result));
        Assert.That(Stage.Story, Is.EqualTo(story));
    }

    /// <summary>The one active call of that name.</summary>
    protected static SitContext Call(string method) => Sitter.ActiveCalls.Single(call => call.Name == method);

    /// <summary>The exception that the task ends with.</summary>
    protected static async Task<TException> Failure<TException>(Task task)
        where TException : Exception
    {
        await task.EndInTime();
        return (await Assert.CatchAsync<TException>(() => task))!;
    }
}

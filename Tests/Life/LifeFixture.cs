using Sitters;

namespace Tests.Life;

/// <summary>What the tests of a call's life have in common: a clock that they move, and a look at what they leave behind.</summary>
[NonParallelizable]
internal abstract class LifeFixture
{
    /// <summary>Only a test that hangs waits so long; none is decided by it.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    protected TestClock Clock { get; private set; } = null!;

    [SetUp]
    public void StopTheClock()
    {
        Clock = new TestClock();
        Sitter.TimeProvider = Clock;
    }

    [TearDown]
    public async Task LookBack()
    {
        var wasPaused = Sitter.IsPaused;
        var active = Sitter.ActiveCalls.Select(call => call.ToString()).ToList();
        if (wasPaused || active.Count > 0)
        {
            // The next test shall not suffer from this one.
            Sitter.Resume();
            Sitter.Cancel();
            Clock.Advance(1000);
            await Task.WhenAny(Sitter.WhenIdle(), Task.Delay(TimeSpan.FromSeconds(1)));
        }

        Sitter.TimeProvider = TimeProvider.System;
        Assert.Multiple(() =>
        {
            Assert.That(wasPaused, Is.False, "A test left everything paused.");
            Assert.That(active, Is.Empty, "A test left calls that are active.");
        });
    }

    /// <summary>The task's outcome, unless it hangs.</summary>
    protected static async Task<T> Outcome<T>(Task<T> task)
    {
        await End(task);
        return await task;
    }

    /// <inheritdoc cref="Outcome{T}(Task{T})"/>
    protected static async Task Outcome(Task task)
    {
        await End(task);
        await task;
    }

    /// <summary>The exception that the task ends with.</summary>
    protected static async Task<TException> Failure<TException>(Task task)
        where TException : Exception
    {
        await End(task);
        return (await Assert.CatchAsync<TException>(() => task))!;
    }

    /// <summary>Moves the clock from timer to timer until the task has ended, and gives its outcome.</summary>
    protected async Task<T> OutcomeInTime<T>(Task<T> task)
    {
        await End(Clock.RunUntilEnd(task));
        return await task;
    }

    /// <summary>Waits for the end of a task, whatever it is.</summary>
    protected static async Task End(Task task)
    {
        if (await Task.WhenAny(task, Task.Delay(_patience)) != task)
        {
            Assert.Fail("It hangs.");
        }
    }
}

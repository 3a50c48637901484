using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>No method runs past an await while it is paused, and goes on exactly where it stood.</summary>
internal sealed class PausedAwaitTests : ControllerFixture
{
    [Test]
    public async Task a_suspended_await_that_completes_while_paused_goes_on_when_resumed()
    {
        var call = Set<Pauses>().Suspends();

        Sitter.Pause();
        Stage.Open("work");
        Assert.That(Stage.Story, Is.EqualTo("begins"));
        Assert.That(Call("Suspends").State, Is.EqualTo(SitState.Paused));

        Sitter.Resume();
        await Ends(call, 1, "begins, went on");
    }

    [Test]
    public async Task a_pause_that_ends_before_the_await_completes_leaves_no_trace()
    {
        var call = Set<Pauses>().Suspends();

        Sitter.Pause();
        Sitter.Resume();
        Stage.Open("work");

        Assert.That(await call.InTime(), Is.EqualTo(1));
    }

    [Test]
    public async Task a_pause_holds_at_an_await_that_has_already_completed()
    {
        Stage.When("first", Sitter.Pause);
        var call = Set<Pauses>().NeverSuspends();
        Assert.That(Stage.Story, Is.EqualTo("first"));
        Assert.That(call.IsCompleted, Is.False);

        Stage.When("second", Sitter.Pause);
        Sitter.Resume();
        await Stage.Said("second");
        await Parked("NeverSuspends");
        Assert.That(Stage.Story, Is.EqualTo("first, second"));

        Sitter.Resume();
        await Ends(call, 1, "first, second, third");
    }

    [Test]
    public async Task a_pause_again_right_after_a_resume_holds_at_the_same_await()
    {
        using var thread = new SingleThread();
        var call = await thread.Run(() => Set<Pauses>().Suspends());
        Sitter.Pause();
        Stage.Open("work");
        await thread.Idle();

        // The thread is busy: what the resume posts to it can't run before the next pause.
        using var busy = new ManualResetEventSlim();
        thread.Post(_ => busy.Wait(), null);
        Sitter.Resume();
        Sitter.Pause();
        busy.Set();
        await thread.Idle();
        Assert.That(Stage.Story, Is.EqualTo("begins"));

        Sitter.Resume();
        await Ends(call, 1, "begins, went on");
    }

    [Test]
    public async Task a_cancel_while_paused_interrupts_where_the_method_stands()
    {
        var call = Set<Pauses>().CleansUp();
        Sitter.Pause();

        Sitter.Cancel();
        await Stage.Reached("finally");
        Stage.Open("finally");

        await Ends(call, default, "finally, finally is over");
    }

    [Test]
    public async Task a_pause_right_after_a_cancel_holds_before_the_cleanup()
    {
        using var thread = new SingleThread();
        var call = await thread.Run(() => Set<Pauses>().CleansUp());

        // The thread is busy: what the cancel posts to it can't run before the pause.
        using var busy = new ManualResetEventSlim();
        thread.Post(_ => busy.Wait(), null);
        Sitter.Cancel();
        Sitter.Pause();
        busy.Set();
        await thread.Idle();
        Assert.That(Stage.Lines, Is.Empty);

        Stage.OpenForGood("finally");
        Sitter.Resume();
        await Ends(call, default, "finally, finally is over");
    }

    [Test]
    public async Task cleanup_is_paused_like_everything_else()
    {
        var call = Set<Pauses>().CleansUp();
        Sitter.Cancel();
        await Stage.Reached("finally");

        Sitter.Pause();
        Stage.Open("finally");
        Assert.That(Stage.Story, Is.EqualTo("finally"));

        Sitter.Resume();
        await Ends(call, default, "finally, finally is over");
    }

    [Test]
    public async Task only_the_calls_that_pass_the_filter_are_paused()
    {
        var paused = Set<Pauses>().Suspends();
        var running = Set<Pauses>().CleansUp();

        Sitter.Pause(call => call.Name == "Suspends");
        Stage.OpenForGood("work", "finally");
        Assert.That(await running.InTime(), Is.EqualTo(1));
        Assert.That(paused.IsCompleted, Is.False);
        Assert.That(Sitter.IsPaused, Is.False);

        Sitter.Resume(call => call.Name == "Suspends");
        Assert.That(await paused.InTime(), Is.EqualTo(1));
    }

    [Test]
    public async Task every_await_goes_on_on_the_SynchronizationContext_that_it_stood_on([Values] bool paused)
    {
        using var thread = new SingleThread();
        var call = await thread.Run(() => Set<Pauses>().Places(() => $"on it: {SynchronizationContext.Current == thread}"));

        await StaysOnIt(call, paused, thread.Idle);
    }

    [Test]
    public async Task every_await_goes_on_on_the_TaskScheduler_that_it_stood_on([Values] bool paused)
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var call = await Task.Factory.StartNew(
            () => Set<Pauses>().Places(() => $"on it: {TaskScheduler.Current == scheduler}"), default, TaskCreationOptions.None, scheduler);

        await StaysOnIt(call, paused, () => Task.Factory.StartNew(() => { }, default, TaskCreationOptions.None, scheduler));
    }

    [Test]
    public async Task a_pause_at_a_completed_await_goes_on_on_its_SynchronizationContext()
    {
        using var thread = new SingleThread();
        Stage.When("on it: True", Sitter.Pause);
        var call = await thread.Run(() => Set<Pauses>().Places(() => $"on it: {SynchronizationContext.Current == thread}"));
        Stage.OpenForGood("work", "more");
        for (var i = 1; i < 4; i++)
        {
            await Stage.Said("on it: True", i);
            Sitter.Resume();
        }

        await Stage.Said("on it: True", 4);
        Sitter.Resume();
        Assert.That(await call.InTime(), Is.EqualTo(1));
        Assert.That(Stage.Lines, Is.EqualTo(Enumerable.Repeat("on it: True", 4)));
    }

    [Test]
    public async Task a_method_that_leaves_its_context_does_not_deadlock_with_a_blocked_caller()
    {
        using var thread = new SingleThread();
        Stage.OpenForGood("work");
        var blocked = thread.Run(() =>
        {
            var call = Set<Pauses>().LeavesItsContext();
            return ((IAsyncResult)call).AsyncWaitHandle.WaitOne(Stage.Patience)
                && call.Exception?.InnerException is InvalidOperationException;
        });

        Assert.That(await blocked.InTime(), Is.True);
        Assert.That(Stage.Lines, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task a_method_that_leaves_its_context_is_paused_and_resumed_under_a_blocked_caller()
    {
        using var thread = new SingleThread();
        Stage.When("begins", Sitter.Pause);
        var blocked = thread.Run(() => Set<Pauses>().StaysAtCompletedAwaits().Wait(Stage.Patience));

        await Stage.Said("begins");
        await Parked("StaysAtCompletedAwaits");
        Assert.That(Stage.Story, Is.EqualTo("begins"));
        Sitter.Resume();

        Assert.That(await blocked.InTime(), Is.True);
    }

    [Test]
    public async Task an_awaiter_that_has_completed_is_not_asked_to_call_back()
    {
        Stage.When("begins", Sitter.Pause);
        var call = Set<Pauses>().AwaitsWhatRefusesToBeWaitedFor();
        Assert.That(Stage.Story, Is.EqualTo("begins"));

        Sitter.Resume();

        await Ends(call, 1, "begins, went on");
    }

    /// <summary>From its first await to the cleanup after a cancel, whether it is paused meanwhile or not.</summary>
    private async Task StaysOnIt(Task<int?> call, bool paused, Func<Task> idle)
    {
        if (paused)
        {
            Sitter.Pause();
        }

        Stage.Open("work");
        await idle();
        Sitter.Resume();
        await Stage.Reached("more");
        Sitter.Cancel();

        await Ends(call, default, "on it: True, on it: True, on it: True, on it: True");
    }

    /// <summary>Completes when a call is known to be paused; where it stands by then is for the test to establish.</summary>
    private static async Task Parked(string method)
    {
        for (var end = DateTime.UtcNow + Stage.Patience; DateTime.UtcNow < end; await Task.Delay(1))
        {
            if (Sitter.ActiveCalls.Any(call => call.Name == method && call.State == SitState.Paused))
            {
                return;
            }
        }

        Assert.Fail("The call was never paused.");
    }
}

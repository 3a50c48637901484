using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>An interrupt comes to a method at an await.</summary>
internal sealed class InterruptedAwaitTests : ControllerFixture
{
    [Test]
    public async Task an_interrupt_is_thrown_at_the_very_line_of_the_suspended_await()
    {
        var scene = Set<Interrupts>();
        var call = scene.Traced();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(scene.Trace, Does.Contain($"Interrupts.cs:line {scene.Line}").And.Contain("Interrupts.Traced()"));
    }

    [Test]
    public async Task catch_finally_using_and_await_using_run_and_their_awaits_work()
    {
        var call = Set<Interrupts>().CleansUp();

        Sitter.Cancel();
        await Stage.Reached("catch");
        Stage.Open("catch");
        await Stage.Reached("finally");
        Stage.Open("finally");
        await Stage.Reached("await using");
        Assert.That(call.IsCompleted, Is.False);
        Stage.Open("await using");

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo(
            "catch, catch is over, finally, finally is over, using, await using, await using is over, cancellation"));
    }

    [Test]
    public async Task a_second_cancel_during_the_cleanup_changes_nothing()
    {
        var call = Set<Interrupts>().CleansUp();

        Sitter.Cancel();
        await Stage.Reached("catch");
        Sitter.Cancel();
        Stage.OpenAll();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo(
            "catch, catch is over, finally, finally is over, using, await using, await using is over, cancellation"));
    }

    [Test]
    public async Task an_interrupt_between_awaits_is_thrown_in_the_place_of_the_next_call_that_is_awaited()
    {
        var scene = Set<Interrupts>();
        Stage.When("busy", Sitter.Cancel);
        var call = scene.IsBusy();

        Stage.Open("work");

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("busy, still busy"));
        Assert.That(scene.Trace, Does.Contain($"Interrupts.cs:line {scene.Line}"));
    }

    [Test]
    public async Task an_interrupt_before_an_await_that_would_suspend_is_thrown_there()
    {
        Stage.When("busy", Sitter.Cancel);

        Assert.That(await Set<Interrupts>().IsBusyThenSuspends(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("busy, finally"));
    }

    [Test]
    public async Task a_method_that_has_never_suspended_is_interrupted_at_its_next_await()
    {
        Stage.When("round 2", Sitter.Cancel);

        Assert.That(await Set<Interrupts>().NeverSuspends(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("round 0, round 1, round 2"));
    }

    [Test]
    public async Task a_method_that_has_never_suspended_is_restarted_at_its_next_await()
    {
        var hasRestarted = false;
        Stage.When("round 2", () =>
        {
            if (!hasRestarted)
            {
                Sitter.Restart();
            }

            hasRestarted = true;
        });

        Assert.That(await Set<Interrupts>().NeverSuspends(), Is.EqualTo(1));
        Assert.That(Stage.Lines.Skip(2).Take(2), Is.EqualTo(new[] { "round 2", "round 0" }));
        Assert.That(Stage.Lines, Has.Count.EqualTo(13));
    }

    [Test]
    public async Task a_method_that_only_finds_completed_tasks_is_interrupted_at_the_second_of_them()
    {
        Stage.When("round 2", Sitter.Cancel);

        Assert.That(await Set<Interrupts>().Finds(Task.CompletedTask), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("round 0, round 1, round 2, round 3"));
    }

    [Test]
    public async Task a_cleanup_that_throws_at_once_shields_nothing_after_it([Values] bool disposes)
    {
        var call = Set<Interrupts>().CleansUpBadly(disposes);
        await Stage.Reached("work");

        Clock.Advance(3);

        await Ends(call, null, "caught, timeout");
    }

    [Test]
    public async Task a_method_that_swallows_a_cancel_is_cancelled()
    {
        var call = Set<Interrupts>().Swallows();
        var context = Call("Swallows");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("begins, swallowed, cancellation"));
        Assert.That(context.State, Is.EqualTo(SitState.Cancelled));
    }

    [Test]
    public async Task a_method_that_swallows_a_timeout_has_timed_out()
    {
        var call = Set<Interrupts>().Swallows();
        var context = Call("Swallows");

        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("begins, swallowed, timeout"));
        Assert.That(context.State, Is.EqualTo(SitState.TimedOut));
    }

    [Test]
    public async Task a_method_that_swallows_a_restart_starts_again()
    {
        var call = Set<Interrupts>().Swallows();

        Sitter.Restart();
        await Stage.Reached("work", 2);
        Stage.Open("work");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Story, Is.EqualTo("begins, swallowed, restart, begins, completion"));
    }

    [Test]
    public async Task an_interrupt_comes_once_and_the_method_then_goes_on_undisturbed()
    {
        var call = Set<Interrupts>().SwallowsAndGoesOn();

        Sitter.Cancel();
        await Stage.Reached("work 1");
        Stage.Open("work 1");
        await Stage.Reached("work 2");
        Stage.Open("work 2");

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("swallowed 0, did 1, did 2"));
    }

    [Test]
    public async Task what_was_awaited_and_fails_later_is_never_unobserved(
        [Values("AwaitsTask", "AwaitsTaskElsewhere", "AwaitsTooLate", "AwaitsValueTask", "AwaitsValueTaskElsewhere")] string method,
        [Values] bool failsAsTask)
    {
        var unobserved = await Unobserved.After(async () =>
        {
            var source = new TaskCompletionSource<int>();
            var unseen = failsAsTask ? source.Task : Pass(source.Task);
            Stage.When("busy", Sitter.Cancel);
            var scene = Set<Interrupts>();
            var call = method switch
            {
                "AwaitsTask" => scene.AwaitsTask(unseen),
                "AwaitsTaskElsewhere" => scene.AwaitsTaskElsewhere(unseen),
                "AwaitsTooLate" => scene.AwaitsTooLate(unseen),
                "AwaitsValueTask" => scene.AwaitsValueTask(new ValueTask<int>(unseen)),
                _ => scene.AwaitsValueTaskElsewhere(new ValueTask<int>(unseen)),
            };
            Sitter.Cancel();
            Assert.That(await call.InTime(), Is.Default);
            source.SetException(new InvalidOperationException("too late"));
        });

        Assert.That(unobserved, Is.Empty);
    }

    [Test]
    public async Task what_had_failed_while_the_method_was_paused_is_handed_over([Values] bool onAContext)
    {
        using var thread = new SingleThread();
        var unobserved = await Unobserved.After(async () =>
        {
            var source = new TaskCompletionSource<int>();
            var call = onAContext
                ? await thread.Run(() => Set<Interrupts>().AwaitsTask(source.Task))
                : Set<Interrupts>().AwaitsTask(source.Task);
            Sitter.Pause();
            source.SetException(new InvalidOperationException("too late"));
            await thread.Idle();
            Sitter.Cancel();
            Assert.That(() => call.InTime(), Throws.InvalidOperationException.With.Message.EqualTo("too late"));
        });

        Assert.That(unobserved, Is.Empty);
    }

    [Test]
    public async Task the_result_of_a_value_task_source_that_was_left_behind_is_taken_once([Values] bool fails)
    {
        var source = new Source();
        var call = Set<Interrupts>().AwaitsValueTask(source.Task);

        Sitter.Cancel();
        Assert.That(await call.InTime(), Is.Default);
        Assert.That(source.Taken, Is.Zero);

        source.End(fails ? new InvalidOperationException("too late") : null);
        Assert.That(() => source.Taken, Is.EqualTo(1).After(10_000, 5));
    }

    [Test]
    public async Task the_result_of_a_value_task_source_that_ended_while_paused_is_taken_once()
    {
        var source = new Source();
        var call = Set<Interrupts>().AwaitsValueTask(source.Task);

        Sitter.Pause();
        source.End(new InvalidOperationException("too late"));
        Sitter.Cancel();

        Assert.That(() => call.InTime(), Throws.InvalidOperationException.With.Message.EqualTo("too late"));
        Assert.That(source.Taken, Is.EqualTo(1));
    }

    [Test]
    public async Task a_failure_made_of_the_interrupt_does_not_hide_it()
    {
        var call = Set<Interrupts>().Translates();
        var context = Call("Translates");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(context.State, Is.EqualTo(SitState.Cancelled));
    }

    [Test]
    public async Task a_call_that_has_ended_is_not_touched_by_a_later_interrupt()
    {
        var call = Set<Pauses>().Suspends();
        var context = Call("Suspends");
        Stage.Open("work");
        Assert.That(await call.InTime(), Is.EqualTo(1));

        context.Cancel();
        context.Restart();
        context.Pause();

        Assert.That(context.State, Is.EqualTo(SitState.Completed));
        Assert.That(context.Interrupt, Is.EqualTo(SitInterrupt.None));
    }

    private static async Task<int> Pass(Task<int> task) => await task.ConfigureAwait(false);
}

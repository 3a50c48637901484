using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Calls that start again from their beginning.</summary>
internal sealed class RestartTests : LifeFixture
{
    [Test]
    public async Task a_restart_interrupts_then_runs_finally_restart_hooks_and_startup_hooks_and_begins_again()
    {
        var subject = new Controlled();
        var call = subject.Work();

        Sitter.Restart();
        await End(subject.When("body", 2));
        subject.Door.SetResult();

        Assert.That(await Outcome(call), Is.EqualTo(5));
        Assert.That(subject.Log, Is.EqualTo(
            new[] { "startup", "body", "finally", "restart", "startup", "body", "after", "finally", "completion" }));
    }

    [Test]
    public async Task five_restarts_are_six_starts_and_one_completion()
    {
        var subject = new Controlled();
        var call = subject.Work();

        for (var i = 1; i <= 5; i++)
        {
            await End(subject.When("body", i));
            Sitter.Restart();
        }

        await End(subject.When("body", 6));
        subject.Door.SetResult();

        Assert.That(await Outcome(call), Is.EqualTo(5));
        Assert.Multiple(() =>
        {
            Assert.That(subject.Count("body"), Is.EqualTo(6));
            Assert.That(subject.Count("startup"), Is.EqualTo(6));
            Assert.That(subject.Count("restart"), Is.EqualTo(5));
            Assert.That(subject.Count("completion"), Is.EqualTo(1));
            Assert.That(subject.Context!.Restarts, Is.EqualTo(5));
        });
    }

    [Test]
    public async Task no_other_hook_runs()
    {
        var subject = new Controlled();
        var call = subject.FinishOnSecondStart();

        Sitter.Restart();

        Assert.That(await Outcome(call), Is.EqualTo(2));
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "restart", "startup", "body", "completion" }));
    }

    [Test]
    public async Task the_context_stays_and_counts_the_restart()
    {
        var subject = new Controlled();
        var call = subject.Work();
        var before = subject.Context!;
        var (id, startedAt) = (before.Id, before.StartedAt);

        Clock.Advance(1);
        Sitter.Restart();
        await End(subject.When("body", 2));
        Assert.Multiple(() =>
        {
            Assert.That(subject.Context, Is.SameAs(before));
            Assert.That(before.Id, Is.EqualTo(id));
            Assert.That(before.StartedAt, Is.EqualTo(startedAt));
            Assert.That(before.Restarts, Is.EqualTo(1));
            Assert.That(before.Interrupt, Is.EqualTo(SitInterrupt.Restart));
            Assert.That(before.State, Is.EqualTo(SitState.Running));
            Assert.That(subject.States["restart"], Is.EqualTo(SitState.Restarting));
        });
        subject.Door.SetResult();
        await Outcome(call);
    }

    [Test]
    public async Task a_restart_starts_with_the_whole_time()
    {
        var subject = new Controlled();
        var call = subject.Timed();
        Clock.Advance(3);

        Sitter.Restart();
        await End(subject.When("body", 2));
        Clock.Advance(3.999);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(0.001);

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "finally", "restart", "startup", "body", "finally", "timeout" }));
    }

    [Test]
    public async Task a_restart_starts_with_all_attempts()
    {
        var subject = new Controlled();
        var call = subject.CountAttempts();
        await End(subject.When("body", 2));

        Sitter.Restart();

        Assert.That(await Outcome(call), Is.EqualTo(5));
        Assert.That(subject.Attempts, Is.EqualTo(new[] { 1, 2, 1, 2 }));
    }

    [Test]
    public async Task a_method_that_swallows_the_interrupt_is_restarted_all_the_same()
    {
        var subject = new Controlled();
        var call = subject.Swallow();

        Sitter.Restart();
        await End(subject.When("body", 2));
        subject.Door.SetResult();

        Assert.That(await Outcome(call), Is.EqualTo(6));
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "caught", "restart", "startup", "body", "completion" }));
    }

    [Test]
    public async Task a_restart_while_restart_hooks_run_is_folded_into_the_one_under_way()
    {
        var subject = new Controlled();
        var call = subject.RestartSlowly();
        Sitter.Restart();
        await End(subject.When("hook"));

        Sitter.Restart();
        Sitter.Restart();
        subject.Hook.SetResult();
        await End(subject.When("body", 2));
        subject.Door.SetResult();

        Assert.That(await Outcome(call), Is.EqualTo(5));
        Assert.That(subject.Log, Is.EqualTo(
            new[] { "startup", "body", "restart", "hook", "hook ended", "startup", "body", "completion" }));
        Assert.That(subject.Context!.Restarts, Is.EqualTo(1));
    }

    [Test]
    public async Task a_cancel_while_restart_hooks_run_cancels_when_they_have_ended()
    {
        var subject = new Controlled();
        var call = subject.RestartSlowly();
        Sitter.Restart();
        await End(subject.When("hook"));

        Sitter.Cancel();
        subject.Hook.SetResult();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "restart", "hook", "hook ended", "cancellation" }));
    }

    [Test]
    public async Task a_pause_while_restart_hooks_run_holds_the_new_start()
    {
        var subject = new Controlled();
        var call = subject.RestartSlowly();
        Sitter.Restart();
        await End(subject.When("hook"));

        Sitter.Pause();
        subject.Hook.SetResult();
        Assert.That(subject.Count("startup"), Is.EqualTo(1));
        Sitter.Resume();
        await End(subject.When("body", 2));
        subject.Door.SetResult();

        Assert.That(await Outcome(call), Is.EqualTo(5));
        Assert.That(subject.Log, Is.EqualTo(
            new[] { "startup", "body", "restart", "hook", "hook ended", "startup", "body", "completion" }));
    }

    [Test]
    public async Task a_restart_while_startup_hooks_run_starts_again()
    {
        var subject = new Controlled();
        var call = subject.StartSlowly();
        await End(subject.When("hook"));

        Sitter.Restart();
        await End(subject.When("hook", 2));
        subject.Hook.SetResult();
        subject.Door.SetResult();

        Assert.That(await Outcome(call), Is.EqualTo(5));
        Assert.That(subject.Count("body"), Is.EqualTo(1));
        Assert.That(subject.Count("restart"), Is.EqualTo(1));
        Assert.That(subject.Count("startup"), Is.EqualTo(2));
    }

    [Test]
    public async Task a_restart_while_completion_hooks_run_comes_too_late()
    {
        var subject = new Controlled();
        subject.Door.SetResult();
        var call = subject.CompleteSlowly();
        await End(subject.When("hook"));

        Sitter.Restart();
        subject.Hook.SetResult();

        Assert.That(await Outcome(call), Is.EqualTo(5));
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "completion", "hook", "hook ended" }));
    }

    [Test]
    public async Task a_cancel_overtakes_a_restart_whose_cleanup_still_runs()
    {
        var subject = new Controlled();
        var call = subject.CleanUpSlowly();
        Sitter.Restart();
        await End(subject.When("cleaning"));

        Sitter.Cancel();
        subject.Cleanup.SetResult();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "cleaning", "cleaned", "cancellation" }));
    }

    [Test]
    public async Task a_restart_while_a_cancelled_call_cleans_up_comes_too_late()
    {
        var subject = new Controlled();
        var call = subject.CleanUpSlowly();
        Sitter.Cancel();
        await End(subject.When("cleaning"));

        Sitter.Restart();
        subject.Cleanup.SetResult();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "cleaning", "cleaned", "cancellation" }));
    }

    [Test]
    public async Task a_restart_while_paused_resumes_and_restarts()
    {
        var subject = new Controlled();
        var call = subject.FinishOnSecondStart();
        Sitter.Pause();

        Sitter.Restart();

        Assert.That(Sitter.IsPaused, Is.False);
        Assert.That(await Outcome(call), Is.EqualTo(2));
        Assert.That(subject.Count("startup"), Is.EqualTo(2));
        Assert.That(subject.Count("restart"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_context_restarts_its_own_call_alone()
    {
        var one = new Controlled();
        var other = new Controlled();
        var calls = new[] { one.FinishOnSecondStart(), other.FinishOnSecondStart() };

        one.Context!.Restart();

        Assert.That(await Outcome(calls[0]), Is.EqualTo(2));
        Assert.That(other.Count("restart"), Is.Zero);
        other.Door.SetResult();
        Assert.That(await Outcome(calls[1]), Is.EqualTo(1));
    }

    [Test]
    public async Task arguments_are_the_same_in_each_start()
    {
        var subject = new Controlled();
        using var source = new CancellationTokenSource();
        var call = subject.WithToken(source.Token);
        var first = subject.Token;

        Sitter.Restart();
        await End(subject.When("body", 2));

        Assert.Multiple(() =>
        {
            Assert.That(first.IsCancellationRequested);
            Assert.That(subject.Token, Is.Not.EqualTo(first));
            Assert.That(subject.Token.IsCancellationRequested, Is.False);
        });
        await source.CancelAsync();
        Assert.That(subject.Token.IsCancellationRequested);
        await Failure<OperationCanceledException>(call);
    }
}

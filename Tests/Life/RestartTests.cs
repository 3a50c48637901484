using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Calls that start again from their beginning.</summary>
internal sealed class RestartTests : ControllerFixture
{
    [Test]
    public async Task a_restart_interrupts_then_runs_finally_restart_hooks_and_startup_hooks_and_begins_again()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();

        Sitter.Restart();
        await Stage.Said("body", 2);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Lines, Is.EqualTo(
            new[] { "startup", "body", "finally", "restart", "startup", "body", "after", "finally", "completion" }));
    }

    [Test]
    public async Task five_restarts_are_six_starts_and_one_completion()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();

        for (var i = 1; i <= 5; i++)
        {
            await Stage.Said("body", i);
            Sitter.Restart();
        }

        await Stage.Said("body", 6);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.Multiple(() =>
        {
            Assert.That(Stage.Count("body"), Is.EqualTo(6));
            Assert.That(Stage.Count("startup"), Is.EqualTo(6));
            Assert.That(Stage.Count("restart"), Is.EqualTo(5));
            Assert.That(Stage.Count("completion"), Is.EqualTo(1));
            Assert.That(subject.Context!.Restarts, Is.EqualTo(5));
        });
    }

    [Test]
    public async Task no_other_hook_runs()
    {
        var subject = Set<Controlled>();
        var call = subject.FinishOnSecondStart();

        Sitter.Restart();

        Assert.That(await call.InTime(), Is.EqualTo(2));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "restart", "startup", "body", "completion" }));
    }

    [Test]
    public async Task the_context_stays_and_counts_the_restart()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();
        var before = subject.Context!;
        var (id, startedAt) = (before.Id, before.StartedAt);

        Clock.Advance(1);
        Sitter.Restart();
        await Stage.Said("body", 2);
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
        Stage.OpenForGood("door");
        await call.InTime();
    }

    [Test]
    public async Task a_restart_starts_with_the_whole_time()
    {
        var subject = Set<Controlled>();
        var call = subject.Timed();
        Clock.Advance(3);

        Sitter.Restart();
        await Stage.Said("body", 2);
        Clock.Advance(3.999);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(0.001);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "finally", "restart", "startup", "body", "finally", "timeout" }));
    }

    [Test]
    public async Task a_restart_starts_with_all_attempts()
    {
        var subject = Set<Controlled>();
        var call = subject.CountAttempts();
        await Stage.Said("body", 2);

        Sitter.Restart();

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(subject.Attempts, Is.EqualTo(new[] { 1, 2, 1, 2 }));
    }

    [Test]
    public async Task a_method_that_swallows_the_interrupt_is_restarted_nevertheless()
    {
        var subject = Set<Controlled>();
        var call = subject.Swallow();

        Sitter.Restart();
        await Stage.Said("body", 2);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(6));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "caught", "restart", "startup", "body", "completion" }));
    }

    [Test]
    public async Task a_restart_while_restart_hooks_run_is_folded_into_the_one_under_way()
    {
        var subject = Set<Controlled>();
        var call = subject.RestartSlowly();
        Sitter.Restart();
        await Stage.Said("hook");

        Sitter.Restart();
        Sitter.Restart();
        Stage.OpenForGood("hook");
        await Stage.Said("body", 2);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Lines, Is.EqualTo(
            new[] { "startup", "body", "restart", "hook", "hook ended", "startup", "body", "completion" }));
        Assert.That(subject.Context!.Restarts, Is.EqualTo(1));
    }

    [Test]
    public async Task a_cancel_while_restart_hooks_run_cancels_when_they_have_ended()
    {
        var subject = Set<Controlled>();
        var call = subject.RestartSlowly();
        Sitter.Restart();
        await Stage.Said("hook");

        Sitter.Cancel();
        Stage.OpenForGood("hook");

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "restart", "hook", "hook ended", "cancellation" }));
    }

    [Test]
    public async Task a_pause_while_restart_hooks_run_holds_the_new_start()
    {
        var subject = Set<Controlled>();
        var call = subject.RestartSlowly();
        Sitter.Restart();
        await Stage.Said("hook");

        Sitter.Pause();
        Stage.OpenForGood("hook");
        Assert.That(Stage.Count("startup"), Is.EqualTo(1));
        Sitter.Resume();
        await Stage.Said("body", 2);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Lines, Is.EqualTo(
            new[] { "startup", "body", "restart", "hook", "hook ended", "startup", "body", "completion" }));
    }

    [Test]
    public async Task a_restart_while_startup_hooks_run_starts_again()
    {
        var subject = Set<Controlled>();
        var call = subject.StartSlowly();
        await Stage.Said("hook");

        Sitter.Restart();
        await Stage.Said("hook", 2);
        Stage.OpenForGood("hook");
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Count("body"), Is.EqualTo(1));
        Assert.That(Stage.Count("restart"), Is.EqualTo(1));
        Assert.That(Stage.Count("startup"), Is.EqualTo(2));
    }

    [Test]
    public async Task a_restart_while_completion_hooks_run_comes_too_late()
    {
        var subject = Set<Controlled>();
        Stage.OpenForGood("door");
        var call = subject.CompleteSlowly();
        await Stage.Said("hook");

        Sitter.Restart();
        Stage.OpenForGood("hook");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "completion", "hook", "hook ended" }));
    }

    [Test]
    public async Task a_cancel_overtakes_a_restart_whose_cleanup_still_runs()
    {
        var subject = Set<Controlled>();
        var call = subject.CleanUpSlowly();
        Sitter.Restart();
        await Stage.Said("cleaning");

        Sitter.Cancel();
        Stage.OpenForGood("cleanup");

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cleaning", "cleaned", "cancellation" }));
    }

    [Test]
    public async Task a_restart_while_a_cancelled_call_cleans_up_comes_too_late()
    {
        var subject = Set<Controlled>();
        var call = subject.CleanUpSlowly();
        Sitter.Cancel();
        await Stage.Said("cleaning");

        Sitter.Restart();
        Stage.OpenForGood("cleanup");

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cleaning", "cleaned", "cancellation" }));
    }

    [Test]
    public async Task a_restart_while_paused_resumes_and_restarts()
    {
        var subject = Set<Controlled>();
        var call = subject.FinishOnSecondStart();
        Sitter.Pause();

        Sitter.Restart();

        Assert.That(Sitter.IsPaused, Is.False);
        Assert.That(await call.InTime(), Is.EqualTo(2));
        Assert.That(Stage.Count("startup"), Is.EqualTo(2));
        Assert.That(Stage.Count("restart"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_context_restarts_its_own_call_alone()
    {
        var one = Set<Controlled>();
        var other = OtherStage.Set(new Controlled());
        var calls = new[] { one.FinishOnSecondStart(), other.FinishOnSecondStart() };

        one.Context!.Restart();

        Assert.That(await calls[0].InTime(), Is.EqualTo(2));
        Assert.That(OtherStage.Count("restart"), Is.Zero);
        OtherStage.OpenForGood("door");
        Assert.That(await calls[1].InTime(), Is.EqualTo(1));
    }

    [Test]
    public async Task arguments_are_the_same_in_each_start()
    {
        var subject = Set<Controlled>();
        using var source = new CancellationTokenSource();
        var call = subject.WithToken(source.Token);
        var first = subject.Token;

        Sitter.Restart();
        await Stage.Said("body", 2);

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

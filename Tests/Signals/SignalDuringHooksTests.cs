namespace Tests.Signals;

/// <summary>Signals that come while hooks run.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win,MacOsX", Reason = Signals.NotOnWindows + " " + Signals.NotOnMacOS)]
internal sealed class SignalDuringHooksTests
{
    [Test]
    public async Task term_ends_a_startup_hook_and_the_body_never_runs()
    {
        await using var child = await Child.StartUntil("startup", "work", "wait=startup");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["startup", "cancellation", "result default"]));
    }

    [Test]
    public async Task hup_during_a_startup_hook_restarts()
    {
        await using var child = await Child.StartUntil("startup", "work", "wait=startup");
        child.Send(Signal.HUP);
        await child.Until("restart", "startup");
        child.Tell("open startup");
        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(
            ["startup", "restart", "startup", "startup over", "body", "finally", "completion", "result done"]));
    }

    [Test]
    public async Task usr1_pauses_a_startup_hook()
    {
        await using var child = await Child.StartUntil("startup", "work", "wait=startup");
        child.Send(Signal.USR1);
        await child.Until("pause");
        await child.Ask("until Paused");
        await child.Open("startup");
        Assert.That(child.Events, Is.EqualTo(["startup", "pause"]));

        child.Send(Signal.USR2);
        child.Tell("open body");
        await child.End();

        Assert.That(child.Events, Is.EqualTo(
            ["startup", "pause", "resume", "startup over", "body", "finally", "completion", "result done"]));
    }

    [TestCase(Signal.TERM, 143)]
    [TestCase(Signal.INT, 130)]
    public async Task a_cancel_during_restart_hooks_lets_them_end_and_then_cancels(Signal signal, int exitCode)
    {
        await using var child = await Child.StartUntil("body", "work", "wait=restart", $"hear-before={signal}");
        child.Send(Signal.HUP);
        await child.Until("restart");
        await child.SendAndHear(signal);
        child.Tell("open restart");

        Assert.That(await child.End(), Is.EqualTo(exitCode));
        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "restart", "restart over", "cancellation", "result default"]));
    }

    [Test]
    public async Task hup_during_restart_hooks_is_folded_into_the_restart_under_way()
    {
        await using var child = await Child.StartUntil("body", "work", "wait=restart", "hear-before=HUP");
        await child.SendAndHear(Signal.HUP);
        await child.Until("restart");
        await child.SendAndHear(Signal.HUP);
        await child.SendAndHear(Signal.HUP);
        child.Tell("open restart");
        await child.Until("body");
        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo([
            "startup", "body", "finally", "restart", "restart over", "startup", "body", "finally", "completion", "result done",
        ]));
    }

    [Test]
    public async Task hup_right_after_a_restart_restarts_again()
    {
        await using var child = await Child.StartUntil("body", "work");
        child.Send(Signal.HUP);
        await child.Until("restart", "body");
        child.Send(Signal.HUP);
        await child.Until("restart", "body");
        child.Tell("open body");
        await child.End();

        Assert.That(child.Events.Count(line => line == "restart"), Is.EqualTo(2));
        Assert.That(child.Events.Count(line => line == "completion"), Is.EqualTo(1));
    }

    [Test]
    public async Task the_hooks_at_the_end_are_left_alone(
        [Values("completion", "exception")] string hook, [Values(Signal.TERM, Signal.INT, Signal.HUP)] Signal signal)
    {
        await using var child = await StartUntilHookAtEnd(hook, signal);
        await child.SendAndHear(signal);
        child.Tell($"open {hook}");
        await child.End();

        Assert.That(child.Events, Is.EqualTo([
            "startup", "body", "finally", hook, $"{hook} over", hook == "exception" ? "threw InvalidOperationException" : "result done",
        ]));
    }

    [Test]
    public async Task hup_during_cancellation_hooks_does_not_bring_the_call_back()
    {
        await using var child = await Child.StartUntil("body", "work", "wait=cancellation", "hear-before=HUP");
        child.Send(Signal.TERM);
        await child.Until("cancellation");
        await child.SendAndHear(Signal.HUP);
        child.Tell("open cancellation");

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "cancellation", "cancellation over", "result default"]));
    }

    [Test]
    public async Task usr1_pauses_completion_hooks()
    {
        await using var child = await StartUntilHookAtEnd("completion", Signal.USR1);
        await child.SendAndHear(Signal.USR1);
        await child.Open("completion");
        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "completion"]));

        child.Send(Signal.USR2);
        await child.End();

        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "completion", "completion over", "result done"]));
    }

    /// <summary>.NET may hand over a SIGUSR1 that was sent before SIGTERM after it: it must not hang what is ending.</summary>
    [Test]
    public async Task usr1_does_not_hold_up_a_cancel_under_way()
    {
        await using var child = await Child.StartUntil("body", "work", "wait=finally", "hear-before=USR1");
        child.Send(Signal.TERM);
        await child.Until("finally");
        await child.SendAndHear(Signal.USR1);
        child.Tell("open finally");

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "finally over", "cancellation", "result default"]));
    }

    [TestCase("pause")]
    [TestCase("resume")]
    [TestCase("restart")]
    [TestCase("completion")]
    public async Task a_failing_hook_changes_nothing_but_is_reported(string hook)
    {
        await using var child = await RunThroughEverySignal($"fail={hook}");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events.Where(line => line != $"hook failed: {hook}"), Is.EqualTo([
            "startup", "body", "pause", "resume", "finally", "restart", "startup", "body", "finally", "completion", "result done",
        ]));
        Assert.That(child.Events.Count(line => line == $"hook failed: {hook}"), Is.EqualTo(1));
    }

    [TestCase("pause")]
    [TestCase("resume")]
    [TestCase("restart")]
    public async Task a_failing_hook_and_a_failing_observer_do_not_crash_the_process(string hook)
    {
        await using var child = await RunThroughEverySignal($"fail={hook},observer");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Has.Exactly(1).EqualTo($"hook failed: {hook}").And.Exactly(1).EqualTo("result done"));
    }

    [TestCase("cancellation")]
    [TestCase("cancellation,observer")]
    public async Task a_failing_cancellation_hook_does_not_crash_the_process(string failing)
    {
        await using var child = await Child.StartUntil("body", "work", $"fail={failing}");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(
            ["startup", "body", "finally", "cancellation", "hook failed: cancellation", "result default"]));
    }

    [Test]
    public async Task hooks_run_by_signals_see_their_call()
    {
        await using var child = await RunThroughEverySignal("show=interrupt");
        await child.End();

        Assert.That(child.Events.Where(line => line.Contains(" of ")), Is.EqualTo([
            "startup of Work: None, 0 restarts",
            "pause of Work: None, 0 restarts",
            "resume of Work: None, 0 restarts",
            "restart of Work: Restart, 1 restarts",
            "startup of Work: Restart, 1 restarts",
            "completion of Work: Restart, 1 restarts",
        ]));
        Assert.That(child.Events, Has.None.Contains("another context"));
    }

    [Test]
    public async Task cancellation_hooks_see_that_a_signal_cancelled_the_call()
    {
        await using var child = await Child.StartUntil("body", "work", "show=interrupt");
        child.Send(Signal.TERM);
        await child.End();

        Assert.That(child.Events, Has.Member("cancellation of Work: Cancel, 0 restarts"));
    }

    [Test]
    public async Task hooks_run_by_signals_flow_with_the_context_of_their_caller()
    {
        await using var child = await RunThroughEverySignal("show=caller");
        await child.End();

        Assert.That(child.Events.Where(line => line.Contains(" for ")), Is.EqualTo(
            new[] { "startup", "pause", "resume", "restart", "startup", "completion" }.Select(hook => $"{hook} for its caller")));
    }

    /// <summary>The call has come to the hooks of its end, and the program hears a signal.</summary>
    private static async Task<Child> StartUntilHookAtEnd(string hook, Signal signal)
    {
        var child = await Child.StartUntil(
            "body", "work", $"wait={hook}", hook == "exception" ? "fail=body" : "fail=", $"hear-before={signal}");
        await child.Open("body");
        await child.Until(hook);
        return child;
    }

    /// <summary>Pause, resume, restart, and then the call completes.</summary>
    private static async Task<Child> RunThroughEverySignal(string setting)
    {
        var child = await Child.StartUntil("body", "work", setting);
        child.Send(Signal.USR1);
        await child.Until("pause");
        await child.Ask("until Paused");
        child.Send(Signal.USR2);
        await child.Until("resume");
        await child.Ask("until Running");
        child.Send(Signal.HUP);
        await child.Until("restart", "body");
        child.Tell("open body");
        return child;
    }
}

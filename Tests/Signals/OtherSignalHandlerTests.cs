namespace Tests.Signals;

/// <summary>Signals in a process that is not Sitters' alone.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win,MacOsX", Reason = Signals.NotOnWindows + " " + Signals.NotOnMacOS)]
internal sealed class OtherSignalHandlerTests
{
    [TestCase(Signal.TERM, 143, "host")]
    [TestCase(Signal.INT, 130, "host")]
    [TestCase(Signal.TERM, 143, "host", "listen=")]
    [TestCase(Signal.INT, 130, "host", "listen=")]
    public async Task a_signal_cancels_the_calls_and_stops_the_host(Signal signal, int exitCode, params string[] arguments)
    {
        await using var child = await Child.Start(arguments);
        await child.Until(". host started", "body");
        child.Send(signal);

        Assert.That(await child.End(), Is.EqualTo(exitCode));
        Assert.That(child.Events, Is.EquivalentTo(
            ["startup", "body", "finally", "cancellation", "result default", "host stopping", "host stopped"]));
    }

    [TestCase(Signal.TERM)]
    [TestCase(Signal.INT)]
    public async Task a_signal_stops_a_host_without_calls_as_usual(Signal signal)
    {
        await using var child = await Child.StartUntil(". host started", "host", "host=idle", "listen=");
        child.Send(signal);

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(["host stopping", "host stopped"]));
    }

    [TestCase("before")]
    [TestCase("after")]
    public async Task console_cancel_key_press_works_on(string when)
    {
        await using var child = await Child.StartUntil("body", "work", $"key-press={when}", "stay=");
        child.Send(Signal.INT);
        await child.Until($". heard ControlC {when}", "result default");
        child.Tell("open end");

        Assert.That(await child.End(), Is.EqualTo(130));
        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "cancellation", "result default"]));
    }

    [TestCase(Signal.TERM)]
    [TestCase(Signal.INT)]
    public async Task handlers_registered_before_and_after_are_called_when_calls_are_cancelled(Signal signal)
    {
        await using var child = await Child.StartUntil("body", "work", $"hear-before={signal}", $"hear-after={signal}", "stay=");
        child.Send(signal);
        await child.Until($". heard {signal} before", $". heard {signal} after", "result default");
    }

    [TestCase(Signal.HUP, "restart")]
    [TestCase(Signal.USR1, "pause")]
    public async Task handlers_registered_before_and_after_are_called_when_calls_are_restarted_or_paused(Signal signal, string hook)
    {
        await using var child = await Child.StartUntil("body", "work", $"hear-before={signal}", $"hear-after={signal}");
        child.Send(signal);
        await child.Until($". heard {signal} before", $". heard {signal} after", hook);
    }

    [TestCase(Signal.TERM, "before")]
    [TestCase(Signal.TERM, "after")]
    [TestCase(Signal.INT, "before")]
    [TestCase(Signal.HUP, "after")]
    public async Task a_handler_that_keeps_the_process_alive_does_so_while_no_call_runs(Signal signal, string when)
    {
        await using var child = await Child.Start("listen=", "stay=", $"hear-{when}={signal}", $"keep={signal}");
        child.Send(signal);
        await child.Until($". heard {signal} {when}");
        child.Tell("open end");

        Assert.That(await child.End(), Is.Zero);
    }

    [Test]
    public async Task garbage_collections_do_not_take_the_handlers_away()
    {
        await using var child = await Child.StartUntil("body", "work");
        await child.Ask("collect");
        child.Send(Signal.USR1);
        await child.Until("pause");
        await child.Ask("collect");
        child.Send(Signal.USR2);
        await child.Until("resume");
        await child.Ask("collect");
        child.Send(Signal.HUP);
        await child.Until("restart", "body");
        await child.Ask("collect");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events.Last(), Is.EqualTo("result default"));
    }

    [Test]
    public async Task a_starved_thread_pool_does_not_keep_term_from_cancelling()
    {
        await using var child = await Child.StartUntil("body", "work", "hear-before=TERM");
        await child.Ask("starve");
        await child.SendAndHear(Signal.TERM);
        Assert.That(await child.Ask("report"), Does.EndWith("/Cancel"));

        child.Tell("feed");

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "cancellation", "result default"]));
    }

    [Test]
    public async Task a_second_term_kills_a_program_with_a_starved_thread_pool()
    {
        await using var child = await Child.StartUntil("body", "work", "hear-before=TERM");
        await child.Ask("starve");
        await child.SendAndHear(Signal.TERM);
        await child.SendLater(Signal.TERM);

        await child.IsKilledBy(Signal.TERM);
    }

    [Test]
    public async Task signals_that_wait_for_a_starved_thread_pool_are_not_lost()
    {
        await using var child = await Child.StartUntil("body", "work");
        await child.Ask("starve");
        child.Send(Signal.USR1);
        child.Tell("feed");
        await child.Until("pause");
        child.Send(Signal.USR2);
        await child.Until("resume");
    }

    [Test]
    public async Task a_hup_that_nohup_ignores_stays_ignored()
    {
        await using var child = await Child.StartDeafTo(Signal.HUP, "work");
        await child.Until("body");
        child.Send(Signal.HUP);
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "cancellation", "result default"]));
    }
}

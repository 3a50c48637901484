namespace Tests.Signals;

/// <summary>What the original library prints, by the clock of the traces: ours prints the same.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win", Reason = Signals.NotOnWindows)]
internal sealed class SignalTraceTests
{
    private static readonly Signal _pause = OperatingSystem.IsMacOS() ? Signal.USR2 : Signal.USR1;

    private static readonly string[] _wholeSleep =
        ["slept 1", "slept 2", "slept 3", "slept 4", "slept 5", "finally", "completion", "result 5"];

    [Test]
    public async Task without_a_signal_it_sleeps_five_times_and_completes()
    {
        await using var child = await Child.Start("sleep:5");
        await child.Sleep(1, 5);

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(["startup", .. _wholeSleep]));
    }

    [TestCase(Signal.TERM, 143)]
    [TestCase(Signal.INT, 130)]
    public async Task term_and_int_cancel(Signal signal, int exitCode)
    {
        await using var child = await StartUntilSevenTenths("sleep:5");
        child.Send(signal);

        await IsCancelled(child, exitCode);
    }

    [Test]
    public async Task hup_restarts()
    {
        await using var child = await StartUntilSevenTenths("sleep:5");
        child.Send(Signal.HUP);

        await StartsAgain(child);
    }

    [Test]
    public async Task usr1_pauses_and_usr2_goes_on_where_it_stood()
    {
        await using var child = await StartAndPauseFor(1.5, "sleep:5");
        Assert.That(child.Events, Is.EqualTo(["startup", "slept 1"]));

        child.Send(Signal.USR2);
        await child.Until("slept 2");
        await child.Sleep(3, 5);

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(["startup", .. _wholeSleep]));
    }

    [Test]
    public async Task hup_while_paused_restarts()
    {
        await using var child = await StartAndPauseFor(1.5, "sleep:5");
        child.Send(Signal.HUP);

        await StartsAgain(child);
    }

    [TestCase(Signal.TERM, 143)]
    [TestCase(Signal.INT, 130)]
    public async Task term_and_int_while_paused_cancel(Signal signal, int exitCode)
    {
        await using var child = await StartAndPauseFor(1.5, "sleep:5");
        child.Send(signal);

        await IsCancelled(child, exitCode);
    }

    [Test]
    public async Task it_times_out()
    {
        await using var child = await Child.Start("sleep-at-most-1.7:5");
        await child.Sleep(1, 3);
        await child.Until(". sleeping 4");
        child.Tell("advance 0.2");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(["startup", "slept 1", "slept 2", "slept 3", "finally", "timeout", "result default"]));
    }

    [Test]
    public async Task time_spent_paused_does_not_count_towards_the_timeout()
    {
        await using var child = await StartAndPauseFor(1.5, "sleep-at-most-2:5");
        child.Send(Signal.USR2);
        await child.Until("slept 2");
        await child.Sleep(3, 4);
        await child.Until(". sleeping 5");
        await child.Advance(0.2);
        Assert.That(child.Events, Is.EqualTo(["startup", "slept 1", "slept 2", "slept 3", "slept 4"]));

        child.Tell("advance 0.2");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(
            ["startup", "slept 1", "slept 2", "slept 3", "slept 4", "finally", "timeout", "result default"]));
    }

    [Test]
    public async Task a_call_paused_for_longer_than_its_timeout_completes()
    {
        await using var child = await StartAndPauseFor(1000, "sleep-at-most-2:3");
        child.Send(Signal.USR2);
        await child.Until("slept 2");
        await child.Sleep(3, 3);

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(["startup", "slept 1", "slept 2", "slept 3", "finally", "completion", "result 3"]));
    }

    [Test]
    public async Task a_stream_is_paused_resumed_and_cancelled()
    {
        await using var child = await StartAndPauseFor(1.5, "stream:5");
        Assert.That(child.Events, Is.EqualTo(["startup", "slept 1"]));

        child.Send(Signal.USR2);
        await child.Until("slept 2", ". sleeping 3");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["startup", "slept 1", "slept 2", "finally", "cancellation", "threw OperationCanceledException"]));
    }

    [Test]
    public async Task hup_restarts_a_stream_up_to_its_first_element()
    {
        await using var child = await Child.Start("stream:2", "hear-before=HUP");
        await child.Until(". sleeping 1");
        await child.SendAndHear(Signal.HUP);
        await child.Sleep(1, 1);
        await child.Until(". sleeping 2");
        await child.SendAndHear(Signal.HUP);
        child.Tell("advance 0.5");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(
            ["startup", "finally", "restart", "startup", "slept 1", "slept 2", "finally", "completion", "result 2"]));
    }

    private static async Task IsCancelled(Child child, int exitCode)
    {
        Assert.That(await child.End(), Is.EqualTo(exitCode));
        Assert.That(child.Events, Is.EqualTo(["startup", "slept 1", "finally", "cancellation", "result default"]));
    }

    private static async Task StartsAgain(Child child)
    {
        await child.Sleep(1, 5);
        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(["startup", "slept 1", "finally", "restart", "startup", .. _wholeSleep]));
    }

    private static async Task<Child> StartUntilSevenTenths(string call)
    {
        var child = await Child.Start(call);
        await child.Sleep(1, 1);
        await child.Until(". sleeping 2");
        await child.Advance(0.2);
        return child;
    }

    private static async Task<Child> StartAndPauseFor(double seconds, string call)
    {
        var child = await StartUntilSevenTenths(call);
        child.Send(_pause);
        await child.Ask("until Paused");
        await child.Advance(seconds);
        return child;
    }
}

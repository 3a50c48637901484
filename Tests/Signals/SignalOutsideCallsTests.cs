namespace Tests.Signals;

/// <summary>Signals while no call runs, and those that end a program whose calls do not end.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win,MacOsX", Reason = Signals.NotOnWindows + " " + Signals.NotOnMacOS)]
internal sealed class SignalOutsideCallsTests
{
    [Test]
    public async Task before_the_first_call_a_signal_kills(
        [Values(Signal.TERM, Signal.INT, Signal.HUP, Signal.USR1, Signal.USR2)] Signal signal)
    {
        await using var child = await Child.Start("stay=");
        child.Send(signal);

        await child.IsKilledBy(signal);
    }

    [Test]
    public async Task a_program_that_listens_and_has_no_call_is_killed_as_usual([Values(Signal.TERM, Signal.INT, Signal.HUP)] Signal signal)
    {
        await using var child = await Child.Start("listen=", "stay=");
        child.Send(signal);

        await child.IsKilledBy(signal);
    }

    [Test]
    public async Task a_paused_program_that_has_no_call_is_killed_as_usual([Values(Signal.TERM, Signal.INT, Signal.HUP)] Signal signal)
    {
        await using var child = await StartPaused();
        child.Send(signal);

        await child.IsKilledBy(signal);
    }

    [Test]
    public async Task usr1_before_the_first_call_keeps_it_from_starting_until_usr2()
    {
        await using var child = await StartPaused();
        child.Tell("start work");
        await child.Ask("until Pending");
        Assert.That(child.Events, Is.Empty);

        child.Send(Signal.USR2);
        await child.Until("body");
        Assert.That(child.Events, Is.EqualTo(["startup", "body"]));
    }

    [Test]
    public async Task after_the_last_call_a_signal_kills_again([Values(Signal.TERM, Signal.INT, Signal.HUP)] Signal signal)
    {
        await using var child = await StartAndComplete();
        child.Send(signal);

        await child.IsKilledBy(signal);
    }

    [Test]
    public async Task after_the_last_call_usr1_and_usr2_do_not_kill()
    {
        await using var child = await StartAndComplete();
        child.Send(Signal.USR1);
        await child.Ask("until-paused");
        child.Send(Signal.USR2);
        await child.Ask("until-resumed");
        child.Tell("open end");

        Assert.That(await child.End(), Is.Zero);
    }

    [Test]
    public async Task the_calls_after_a_cancelled_one_can_be_cancelled_too()
    {
        await using var child = await Child.StartUntil("a body", "work:a", "stay=");
        foreach (var (name, next) in new[] { ("a", "b"), ("b", "c") })
        {
            child.Send(Signal.TERM);
            await child.Until($"{name} result default");
            child.Tell($"start work:{next}");
            await child.Until($"{next} body");
        }
    }

    [TestCase(Signal.USR1, "Pause")]
    [TestCase(Signal.USR2, "Resume")]
    public async Task a_handler_of_control_that_hangs_keeps_no_signal_from_being_heard(Signal first, string verb)
    {
        await using var child = await Child.StartUntil("body", "work", $"hang-after={verb}");
        child.Send(first);
        await child.Until($". hangs after {verb}");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
    }

    [Test]
    public async Task a_handler_of_control_that_hangs_keeps_no_second_cancel_from_killing()
    {
        await using var child = await Child.StartUntil("body", "work", "wait=finally", "hang-after=Cancel");
        child.Send(Signal.TERM);
        await child.Until(". hangs after Cancel", "finally");
        await child.SendLater(Signal.TERM);

        await child.IsKilledBy(Signal.TERM);
    }

    [Test]
    public async Task a_second_cancel_kills_a_program_whose_ending_is_stuck(
        [Values(Signal.TERM, Signal.INT)] Signal first, [Values(Signal.TERM, Signal.INT)] Signal second,
        [Values("finally", "cancellation")] string stuckIn)
    {
        await using var child = await Child.StartUntil("body", "work", $"wait={stuckIn}");
        child.Send(first);
        await child.Until(stuckIn);
        await child.SendLater(second);

        await child.IsKilledBy(second);
    }

    [Test]
    public async Task a_second_term_kills_a_program_that_reaches_no_await([Values("busy", "busy-without-flow")] string call)
    {
        await using var child = await StartBusyAndCancel(call);
        await child.SendLater(Signal.TERM);

        await child.IsKilledBy(Signal.TERM);
    }

    [Test]
    public async Task a_second_term_kills_a_program_whose_completion_hook_is_stuck()
    {
        await using var child = await Child.StartUntil("body", "work", "wait=completion", "hear-before=TERM");
        await child.Open("body");
        await child.Until("completion");
        await child.SendAndHear(Signal.TERM);
        await child.SendLater(Signal.TERM);

        await child.IsKilledBy(Signal.TERM);
    }

    [Test]
    public async Task two_at_once_are_one([Values(Signal.TERM, Signal.INT)] Signal first, [Values(Signal.TERM, Signal.INT)] Signal second)
    {
        await using var child = await Child.StartUntil("body", "work", "wait=finally");
        child.Send(first);
        child.Send(second);
        await child.Until("finally");
        child.Tell("open finally");

        Assert.That(await child.End(), Is.AnyOf(130, 143));
        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "finally over", "cancellation", "result default"]));
    }

    [Test]
    public async Task term_after_a_cancel_by_the_program_itself_is_the_first_one()
    {
        await using var child = await Child.StartUntil("body", "work", "wait=finally", "hear-before=TERM");
        await child.Ask("cancel");
        await child.Until("finally");
        await child.SendAndHear(Signal.TERM);
        child.Tell("open finally");

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "finally over", "cancellation", "result default"]));
    }

    [Test]
    public async Task term_is_a_first_one_again_when_an_earlier_cancel_is_over()
    {
        await using var child = await Child.StartUntil("a body", "work:a", "stay=", "wait=finally", "hear-before=TERM");
        child.Tell("open a finally");
        await child.SendAndHear(Signal.TERM);
        await child.Until("a result default");

        child.Tell("start work:b");
        await child.Until("b body");
        await child.Ask("cancel");
        await child.Until("b finally");
        await child.SendAndHear(Signal.TERM);
        child.Tell("open b finally");

        await child.Until("b result default");
    }

    [Test]
    public async Task a_call_that_has_not_reached_an_await_is_cancelled_at_its_first([Values("busy", "busy-without-flow")] string call)
    {
        await using var child = await StartBusyAndCancel(call);
        child.Tell("open body");

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["busy", "busy no more", "result default"]));
    }

    private static async Task<Child> StartPaused()
    {
        var child = await Child.Start("listen=", "stay=");
        child.Send(Signal.USR1);
        await child.Ask("until-paused");
        return child;
    }

    /// <summary>The call is cancelled, though it has yet to come to an await.</summary>
    private static async Task<Child> StartBusyAndCancel(string call)
    {
        var child = await Child.StartUntil("busy", call, "hear-before=TERM");
        await child.SendAndHear(Signal.TERM);
        return child;
    }

    private static async Task<Child> StartAndComplete()
    {
        var child = await Child.Start("work", "stay=");
        child.Tell("open body");
        await child.Until("result done");
        return child;
    }
}

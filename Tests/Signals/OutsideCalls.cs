namespace Tests.Signals;

/// <summary>Signals while no call runs, and those that end a program whose calls do not end.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win,MacOsX", Reason = Signals.NotOnWindows + " " + Signals.NotOnMacOS)]
internal sealed class OutsideCalls
{
    [TestCase(Signal.TERM)]
    [TestCase(Signal.INT)]
    [TestCase(Signal.HUP)]
    [TestCase(Signal.USR1)]
    [TestCase(Signal.USR2)]
    public async Task before_the_first_call_a_signal_kills(Signal signal)
    {
        await using var child = await Child.Start("stay=");
        child.Send(signal);

        await child.IsKilledBy(signal);
    }

    [TestCase(Signal.TERM)]
    [TestCase(Signal.INT)]
    [TestCase(Signal.HUP)]
    public async Task a_program_that_listens_and_has_no_call_is_killed_as_ever(Signal signal)
    {
        await using var child = await Child.Start("listen=", "stay=");
        child.Send(signal);

        await child.IsKilledBy(signal);
    }

    [TestCase(Signal.TERM)]
    [TestCase(Signal.INT)]
    [TestCase(Signal.HUP)]
    public async Task a_paused_program_that_has_no_call_is_killed_as_ever(Signal signal)
    {
        await using var child = await Child.Start("listen=", "stay=");
        child.Send(Signal.USR1);
        await child.Ask("until-paused");
        child.Send(signal);

        await child.IsKilledBy(signal);
    }

    [Test]
    public async Task usr1_before_the_first_call_keeps_it_from_starting_until_usr2()
    {
        await using var child = await Child.Start("listen=", "stay=");
        child.Send(Signal.USR1);
        await child.Ask("until-paused");
        child.Tell("start work");
        await child.Ask("until Pending");
        Assert.That(child.Events, Is.Empty);

        child.Send(Signal.USR2);
        await child.Until("body");
        Assert.That(child.Events, Is.EqualTo(["startup", "body"]));
    }

    [TestCase(Signal.TERM)]
    [TestCase(Signal.INT)]
    [TestCase(Signal.HUP)]
    public async Task after_the_last_call_a_signal_kills_again(Signal signal)
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
        await using var child = await Child.Start("work:a", "stay=");
        await child.Until("a body");
        foreach (var (name, next) in new[] { ("a", "b"), ("b", "c") })
        {
            child.Send(Signal.TERM);
            await child.Until($"{name} result default");
            child.Tell($"start work:{next}");
            await child.Until($"{next} body");
        }
    }

    [TestCase(Signal.TERM, Signal.TERM)]
    [TestCase(Signal.INT, Signal.INT)]
    [TestCase(Signal.INT, Signal.TERM)]
    [TestCase(Signal.TERM, Signal.INT)]
    public async Task a_second_cancel_kills_a_program_whose_cleanup_is_stuck(Signal first, Signal second)
    {
        await using var child = await Child.Start("work", "wait=finally");
        await child.Until("body");
        child.Send(first);
        await child.Until("finally");
        child.Send(second);

        await child.IsKilledBy(second);
    }

    [TestCase("busy")]
    [TestCase("busy-without-flow")]
    public async Task a_second_term_kills_a_program_that_reaches_no_await(string call)
    {
        await using var child = await Child.Start(call, "hear-before=TERM");
        await child.Until("busy");
        await child.SendAndHear(Signal.TERM);
        child.Send(Signal.TERM);

        await child.IsKilledBy(Signal.TERM);
    }

    [Test]
    public async Task a_second_term_kills_a_program_whose_cancellation_hook_is_stuck()
    {
        await using var child = await Child.Start("work", "wait=cancellation");
        await child.Until("body");
        child.Send(Signal.TERM);
        await child.Until("cancellation");
        child.Send(Signal.TERM);

        await child.IsKilledBy(Signal.TERM);
    }

    [Test]
    public async Task a_second_term_kills_a_program_whose_completion_hook_is_stuck()
    {
        await using var child = await Child.Start("work", "wait=completion", "hear-before=TERM");
        await child.Until("body");
        await child.Open("body");
        await child.Until("completion");
        await child.SendAndHear(Signal.TERM);
        child.Send(Signal.TERM);

        await child.IsKilledBy(Signal.TERM);
    }

    [Test]
    public async Task term_after_a_cancel_by_the_program_itself_is_the_first_one()
    {
        await using var child = await Child.Start("work", "wait=finally", "hear-before=TERM");
        await child.Until("body");
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
        await using var child = await Child.Start("work:a", "stay=", "wait=finally", "hear-before=TERM");
        await child.Until("a body");
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

    [TestCase("busy")]
    [TestCase("busy-without-flow")]
    public async Task a_call_that_has_not_reached_an_await_is_cancelled_at_its_first(string call)
    {
        await using var child = await Child.Start(call, "hear-before=TERM");
        await child.Until("busy");
        await child.SendAndHear(Signal.TERM);
        child.Tell("open body");

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Is.EqualTo(["busy", "busy no more", "result default"]));
    }

    private static async Task<Child> StartAndComplete()
    {
        var child = await Child.Start("work", "stay=");
        child.Tell("open body");
        await child.Until("result done");
        return child;
    }
}

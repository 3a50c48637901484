namespace Tests.Signals;

/// <summary>Signals that come while all is paused.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win,MacOsX", Reason = Signals.NotOnWindows + " " + Signals.NotOnMacOS)]
internal sealed class SignalWhilePausedTests
{
    [Test]
    public async Task a_second_usr1_does_nothing_more_and_one_usr2_resumes()
    {
        await using var child = await Child.Start("work", "hear-before=USR1");
        await Pause(child);
        await child.Until(". heard USR1 before");
        await child.SendAndHear(Signal.USR1);
        await child.SendAndHear(Signal.USR1);
        child.Send(Signal.USR2);
        await child.Until("resume");
        child.Tell("open body");
        await child.End();

        Assert.That(child.Events, Is.EqualTo(["startup", "body", "pause", "resume", "finally", "completion", "result done"]));
    }

    [Test]
    public async Task usr2_without_a_pause_does_nothing()
    {
        await using var child = await Child.StartUntil("body", "work", "hear-before=USR2");
        await child.SendAndHear(Signal.USR2);
        child.Tell("open body");
        await child.End();

        Assert.That(child.Events, Is.EqualTo(["startup", "body", "finally", "completion", "result done"]));
    }

    [Test]
    public async Task pausing_and_resuming_can_be_repeated()
    {
        await using var child = await Child.StartUntil("body", "work");
        for (var i = 0; i < 5; i++)
        {
            child.Send(Signal.USR1);
            await child.Until("pause");
            child.Send(Signal.USR2);
            await child.Until("resume");
        }

        child.Tell("open body");
        await child.End();

        Assert.That(child.Events.Count(line => line is "pause" or "resume"), Is.EqualTo(10));
        Assert.That(child.Events.Last(), Is.EqualTo("result done"));
    }

    [Test]
    public async Task a_call_that_begins_waits_before_its_startup_hooks()
    {
        await using var child = await Child.StartUntil("a body", "work:a", "stay=");
        child.Send(Signal.USR1);
        await child.Ask("until Paused");
        child.Tell("start work:b");
        await UntilThereAre(child, calls: 2);
        Assert.That(child.Events, Has.None.StartsWith("b "));

        child.Send(Signal.USR2);
        await child.Until("b body");
        Assert.That(child.Events.Where(line => line.StartsWith("b ")), Is.EqualTo(["b startup", "b body"]));
    }

    [Test]
    public async Task term_cancels_a_call_that_waits_to_begin()
    {
        await using var child = await Child.Start("listen=", "stay=");
        child.Send(Signal.USR1);
        await child.Ask("until-paused");
        child.Tell("start work");
        await UntilThereAre(child, calls: 1);
        child.Send(Signal.TERM);
        await child.Until("result default");

        Assert.That(child.Events, Is.EqualTo(["cancellation", "result default"]));
    }

    [Test]
    public async Task hup_restarts_a_call_that_waits_to_begin()
    {
        await using var child = await Child.Start("listen=", "stay=");
        child.Send(Signal.USR1);
        await child.Ask("until-paused");
        child.Tell("start work");
        await UntilThereAre(child, calls: 1);
        child.Send(Signal.HUP);
        await child.Until("body");

        Assert.That(child.Events, Is.EqualTo(["restart", "startup", "body"]));
    }

    [TestCase(Signal.HUP)]
    [TestCase(Signal.TERM)]
    [TestCase(Signal.INT)]
    public async Task nothing_is_paused_any_more_after_a_restart_or_a_cancel(Signal signal)
    {
        await using var child = await Child.StartUntil("a body", "work:a", "stay=");
        child.Send(Signal.USR1);
        await child.Ask("until Paused");
        child.Send(signal);
        await child.Ask("until-resumed");
        child.Tell("start work:b");
        await child.Until("b body");
        child.Tell("open b body");

        await child.Until("b result done");
    }

    [Test]
    public async Task usr2_resumes_calls_whose_awaits_were_complete_already()
    {
        await using var child = await Child.StartUntil("a body", "work:a", "work:b", "stay=");
        await child.Until("b body");
        child.Send(Signal.USR1);
        await child.Ask("until Paused");
        await child.Open("a body");
        await child.Open("b body");
        Assert.That(child.Events, Has.None.Contains("finally"));

        child.Send(Signal.USR2);
        await child.Until("a result done", "b result done");
    }

    [Test]
    public async Task term_runs_the_cleanup_of_a_paused_call()
    {
        await using var child = await Child.Start("work");
        await Pause(child);
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events.Where(line => line != "resume"), Is.EqualTo(
            ["startup", "body", "pause", "finally", "cancellation", "result default"]));
        Assert.That(child.Events, Has.One.EqualTo("resume"));
    }

    private static async Task Pause(Child child)
    {
        await child.Until("body");
        child.Send(Signal.USR1);
        await child.Until("pause");
        await child.Ask("until Paused");
    }

    private static async Task UntilThereAre(Child child, int calls)
    {
        while ((await child.Ask("report")).Count(letter => letter == '/') != calls)
        {
        }
    }
}

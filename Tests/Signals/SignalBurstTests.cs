namespace Tests.Signals;

/// <summary>Signals that follow one another faster than they are handled.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win,MacOsX", Reason = Signals.NotOnWindows + " " + Signals.NotOnMacOS)]
internal sealed class SignalBurstTests
{
    private const int Rounds = 200;

    [Test]
    public async Task usr1_and_usr2_leave_nothing_paused()
    {
        await using var child = await Child.StartUntil("body", "work", "hear-before=USR1,USR2");
        for (var i = 0; i < Rounds; i++)
        {
            child.Send(Signal.USR1);
            child.Send(Signal.USR2);
            await child.Until(". heard USR1 before", ". heard USR2 before");
            Assert.That(await child.Ask("report"), Does.StartWith("not paused"), $"round {i}");
        }

        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events.Last(), Is.EqualTo("result done"));
    }

    /// <summary>The system may deliver SIGHUP first, since its number is lower: then the restarted call is paused.</summary>
    [Test]
    public async Task usr1_and_hup_restart_in_either_order()
    {
        await using var child = await Child.Start("work", "hear-before=USR1,HUP");
        for (var i = 0; i < Rounds; i++)
        {
            await child.Until("body");
            child.Send(Signal.USR1);
            child.Send(Signal.HUP);
            await child.Until(". heard USR1 before", ". heard HUP before");
            child.Send(Signal.USR2);
            await child.Ask("until-resumed");
            await child.Until("restart");
        }

        await child.Until("body");
        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events.Last(), Is.EqualTo("result done"));
    }

    [Test]
    public async Task usr1_and_term_cancel()
    {
        await using var child = await Child.Start("work:0", "stay=", "hear-before=USR1");
        for (var i = 0; i < Rounds; i++)
        {
            await child.Until($"{i} body");
            child.Send(Signal.USR1);
            child.Send(Signal.TERM);
            await child.Until($"{i} result default", ". heard USR1 before");
            Assert.That(await child.Ask("report"), Does.StartWith("not paused"), $"round {i}");
            child.Tell($"start work:{i + 1}");
        }
    }

    [Test]
    public async Task usr1_and_hup_restart()
    {
        // Where the pause came last, the new start would wait for ever.
        await using var child = await Child.Start("work", "hear-before=USR1");
        for (var i = 0; i < Rounds; i++)
        {
            await child.Until("body");
            child.Send(Signal.USR1);
            child.Send(Signal.HUP);
            await child.Until("restart", ". heard USR1 before");
            Assert.That(await child.Ask("report"), Does.StartWith("not paused"), $"round {i}");
        }

        await child.Until("body");
        child.Tell("open body");
        await child.End();

        Assert.That(child.Events.Count(line => line == "restart"), Is.EqualTo(Rounds));
    }

    [Test]
    public async Task many_hups_end_in_one_completion()
    {
        // A late one must not find the program without a call and kill it.
        await using var child = await Child.StartUntil("body", "work", "hear-before=HUP", "keep=HUP");
        for (var i = 0; i < 50; i++)
        {
            child.Send(Signal.HUP);
        }

        await child.Until("restart", "body");
        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
        var restarts = child.Events.Count(line => line == "restart");
        Assert.That(restarts, Is.InRange(1, 50));
        Assert.That(child.Events.Count(line => line == "startup"), Is.EqualTo(restarts + 1));
        Assert.That(child.Events.TakeLast(3), Is.EqualTo(["finally", "completion", "result done"]));
        Assert.That(child.Events, Has.One.EqualTo("completion"));
    }

    [Test]
    public async Task every_hup_that_comes_after_a_restart_restarts()
    {
        await using var child = await Child.Start("work");
        for (var i = 0; i < Rounds; i++)
        {
            await child.Until("body");
            child.Send(Signal.HUP);
        }

        await child.Until("body");
        child.Tell("open body");
        await child.End();

        Assert.That(child.Events.Count(line => line == "restart"), Is.EqualTo(Rounds));
    }

    [Test]
    public async Task hup_and_term_cancel()
    {
        await using var child = await Child.Start("work:0", "stay=", "hear-before=HUP", "keep=HUP");
        for (var i = 0; i < Rounds; i++)
        {
            await child.Until($"{i} body");
            child.Send(Signal.HUP);
            child.Send(Signal.TERM);
            await child.Until($"{i} result default", ". heard HUP before");
            child.Tell($"start work:{i + 1}");
        }
    }

    [Test]
    public async Task signals_while_calls_come_and_go_lose_none_of_them()
    {
        await using var child = await Child.Start("work", "pass");
        for (var i = 0; i < Rounds; i++)
        {
            child.Send(Signal.USR1);
            await child.Ask("until-paused");
            child.Send(Signal.USR2);
            await child.Ask("until-resumed");
        }

        child.Tell("open pass");
        await child.Until("all passed");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events, Has.One.EqualTo("result default"));
    }
}

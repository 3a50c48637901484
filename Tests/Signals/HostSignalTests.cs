namespace Tests.Signals;

/// <summary>Signals to a program whose host sees to its calls: INT and TERM are the host's.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HostSignalTests
{
    [TestCase(Signal.TERM)]
    [TestCase(Signal.INT)]
    public async Task a_call_under_way_ends_by_itself_and_the_exit_code_is_the_hosts(Signal signal)
    {
        await using var child = await Start();

        child.Send(signal);
        await child.Until("host stopping");
        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(new[]
        {
            "startup", "body", "host stopping", "finally", "completion", "result done", "host stopped",
        }));
    }

    [Test]
    public async Task when_the_time_is_over_it_is_cancelled_with_its_hooks()
    {
        await using var child = await Start("drain=0");

        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events.Order(), Is.EqualTo(new[]
        {
            "body", "cancellation", "finally", "host stopped", "host stopping", "result default", "startup",
        }));
    }

    [Test]
    public async Task a_second_signal_ends_the_time()
    {
        await using var child = await Start();

        child.Send(Signal.TERM);
        await child.Until("host stopping");
        await child.SendLater(Signal.TERM);

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo(new[]
        {
            "startup", "body", "host stopping", "finally", "cancellation", "result default", "host stopped",
        }));
    }

    [Test]
    public async Task a_signal_that_comes_twice_at_once_counts_as_one()
    {
        await using var child = await Start();

        child.Send(Signal.TERM);
        child.Send(Signal.INT);
        await child.Until("host stopping");
        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Does.Contain("result done"));
    }

    [TestCase(Signal.TERM)]
    [TestCase(Signal.INT)]
    public async Task a_third_signal_ends_a_program_whose_cancelled_calls_do_not_end(Signal signal)
    {
        await using var child = await Start("wait=finally");

        child.Send(signal);
        await child.Until("host stopping");
        await child.SendLater(signal);
        await child.Until("finally");
        await child.SendLater(signal);

        await child.IsKilledBy(signal);
    }

    [Test]
    public async Task a_second_signal_ends_a_program_whose_time_was_over_and_whose_cancelled_calls_do_not_end()
    {
        await using var child = await Start("drain=0", "wait=finally");

        child.Send(Signal.TERM);
        await child.Until("host stopping", "finally");
        await child.SendLater(Signal.TERM);

        await child.IsKilledBy(Signal.TERM);
    }

    [Test]
    public async Task a_paused_host_stops_and_its_call_is_cancelled()
    {
        await using var child = await Start();
        child.Send(Signal.USR1);
        await child.Until("pause");

        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Does.Contain("cancellation").And.Contain("result default").And.Contain("host stopped"));
        Assert.That(child.Events, Does.Not.Contain("completion"));
    }

    [Test]
    public async Task a_restart_reaches_it_also_while_it_stops()
    {
        await using var child = await Start();
        child.Send(Signal.TERM);
        await child.Until("host stopping");

        child.Send(Signal.HUP);
        await child.Until("restart", "startup", "body");
        child.Tell("open body");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Does.Contain("result done"));
    }

    [Test]
    public async Task a_signal_is_heard_before_there_was_any_call()
    {
        await using var child = await Child.StartUntil(". host started", "hosted", "host=idle");

        child.Send(Signal.USR1);
        await child.Ask("until-paused");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.Zero);
    }

    [Test]
    public async Task after_the_host_a_signal_cancels_as_ever()
    {
        await using var child = await Child.StartUntil(". host started", "hosted", "host=idle", "stay=");
        child.Send(Signal.TERM);
        await child.Until("host stopped");
        child.Tell("start work:late");
        await child.Until("late body");

        await child.SendLater(Signal.TERM);
        await child.Until("late cancellation");
        child.Tell("open end");

        Assert.That(await child.End(), Is.EqualTo(143));
    }

    [Test]
    public async Task where_sitters_does_not_listen_the_host_does_the_same()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using var child = await Child.Start(SignalProgram.Weave(folder, "<Sitters Signals='false' />"), ["hosted"]);
            await child.Until(". host started", "body");

            child.Send(Signal.TERM);
            await child.Until("host stopping");
            child.Tell("open body");

            Assert.That(await child.End(), Is.Zero);
            Assert.That(child.Events, Does.Contain("result done"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Child> Start(params string[] settings)
    {
        var child = await Child.Start(["hosted", .. settings]);
        await child.Until(". host started", "startup", "body");
        return child;
    }
}

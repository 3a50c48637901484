namespace Tests.Signals;

/// <summary>One controller serves all calls: those beside each other, and those inside each other.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win,MacOsX", Reason = Signals.NotOnWindows + " " + Signals.NotOnMacOS)]
internal sealed class ManyCallsTests
{
    private static readonly string[] _abc = ["a", "b", "c"];

    [Test]
    public async Task term_cancels_every_call()
    {
        await using var child = await StartThree();
        child.Send(Signal.TERM);
        await child.End();

        foreach (var name in _abc)
        {
            Assert.That(Of(child, name), Is.EqualTo(["startup", "body", "finally", "cancellation", "result default"]));
        }
    }

    [Test]
    public async Task hup_restarts_every_call()
    {
        await using var child = await StartThree();
        child.Send(Signal.HUP);
        foreach (var name in _abc)
        {
            await child.Until($"{name} restart", $"{name} body");
        }

        foreach (var name in _abc)
        {
            child.Tell($"open {name} body");
        }

        await child.End();

        foreach (var name in _abc)
        {
            Assert.That(Of(child, name), Is.EqualTo(
                ["startup", "body", "finally", "restart", "startup", "body", "finally", "completion", "result done"]));
        }
    }

    [Test]
    public async Task usr1_pauses_and_usr2_resumes_every_call()
    {
        await using var child = await StartThree();
        child.Send(Signal.USR1);
        await child.Ask("until Paused");
        foreach (var name in _abc)
        {
            await child.Open($"{name} body");
        }

        Assert.That(child.Events, Has.None.Contains("finally"));

        child.Send(Signal.USR2);
        await child.End();

        foreach (var name in _abc)
        {
            Assert.That(Of(child, name), Is.EqualTo(["startup", "body", "pause", "resume", "finally", "completion", "result done"]));
        }
    }

    [TestCase("a")]
    [TestCase("b")]
    [TestCase("c")]
    public async Task calls_still_react_when_another_has_ended(string first)
    {
        await using var child = await StartThree();
        await child.Open($"{first} body");
        await child.Until($"{first} result done");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        foreach (var name in _abc.Where(name => name != first))
        {
            Assert.That(Of(child, name), Is.EqualTo(["startup", "body", "finally", "cancellation", "result default"]));
        }
    }

    [Test]
    public async Task term_cancels_a_thousand_calls_at_once()
    {
        await using var child = await Child.StartUntil(". 1000 started", "crowd:1000");
        child.Send(Signal.TERM);
        await child.End();

        Assert.That(child.Events, Is.EqualTo(["1000 cancelled, 0 restarted, 1000 defaults"]));
    }

    [Test]
    public async Task hup_restarts_a_thousand_calls_at_once()
    {
        await using var child = await Child.StartUntil(". 1000 started", "crowd:1000");
        child.Send(Signal.HUP);
        await child.Until(". 2000 started");
        child.Tell("open body");
        await child.End();

        Assert.That(child.Events, Is.EqualTo(["0 cancelled, 1000 restarted, 0 defaults"]));
    }

    [Test]
    public async Task term_cancels_nested_calls_from_the_inside_out()
    {
        await using var child = await Child.StartUntil("inner body", "nest-deep");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events.Skip(6), Is.EqualTo([
            "inner finally", "inner cancellation",
            "middle finally", "middle cancellation",
            "outer finally", "outer cancellation",
            "outer result default",
        ]));
    }

    [Test]
    public async Task an_outer_call_is_never_given_the_default_of_an_inner_one()
    {
        await using var child = await Child.StartUntil("inner body", "nest");
        child.Send(Signal.TERM);
        await child.End();

        Assert.That(child.Events, Has.None.StartsWith("outer got"));
    }

    [Test]
    public async Task an_outer_call_still_reacts_when_its_inner_one_has_ended()
    {
        await using var child = await Child.StartUntil("inner body", "nest");
        await child.Open("inner body");
        await child.Until("outer got done");
        child.Send(Signal.TERM);

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events.SkipWhile(line => line != "outer got done"), Is.EqualTo([
            "outer got done", "outer finally", "outer cancellation", "outer result default",
        ]));
    }

    [Test]
    public async Task hup_cancels_the_inner_call_and_restarts_the_outermost()
    {
        await using var child = await Child.StartUntil("inner body", "nest");
        child.Send(Signal.HUP);
        await child.Until("outer restart", "inner body");
        child.Tell("open inner body");
        await child.Until("outer got done");
        child.Tell("open outer body");

        Assert.That(await child.End(), Is.Zero);
        Assert.That(child.Events, Is.EqualTo([
            "outer startup", "outer body", "inner startup", "inner body",
            "inner finally", "inner cancellation", "outer finally", "outer restart",
            "outer startup", "outer body", "inner startup", "inner body",
            "inner finally", "inner completion", "outer got done", "outer finally", "outer completion", "outer result done",
        ]));
    }

    [Test]
    public async Task inner_calls_beside_each_other_are_all_over_before_the_outer_one()
    {
        await using var child = await Child.StartUntil("left body", "nest-wide");
        await child.Until("right body");
        child.Send(Signal.TERM);
        await child.End();

        Assert.That(Of(child, "left"), Is.EqualTo(["startup", "body", "finally", "cancellation"]));
        Assert.That(Of(child, "right"), Is.EqualTo(["startup", "body", "finally", "cancellation"]));
        Assert.That(child.Events.TakeLast(3), Is.EqualTo(["outer finally", "outer cancellation", "outer result default"]));
    }

    [Test]
    public async Task usr1_pauses_nested_calls_too()
    {
        await using var child = await Child.StartUntil("inner body", "nest");
        child.Send(Signal.USR1);
        await child.Ask("until Paused");
        await child.Open("inner body");
        await child.Open("outer body");
        Assert.That(child.Events, Has.None.Contains("finally"));

        child.Send(Signal.USR2);
        await child.End();

        Assert.That(child.Events.TakeLast(4), Is.EqualTo(["outer got done", "outer finally", "outer completion", "outer result done"]));
    }

    [Test]
    public async Task term_while_an_inner_call_is_ended_for_a_restart_cancels()
    {
        await using var child = await Child.StartUntil("inner body", "nest", "wait=cancellation");
        child.Send(Signal.HUP);
        await child.Until("inner cancellation");
        child.Send(Signal.TERM);
        await child.Ask("until-cancelled");
        child.Tell("open inner cancellation");
        child.Tell("open outer cancellation");

        Assert.That(await child.End(), Is.EqualTo(143));
        Assert.That(child.Events.SkipWhile(line => line != "outer finally"), Is.EqualTo([
            "outer finally", "outer cancellation", "outer cancellation over", "outer result default",
        ]));
    }

    private static async Task<Child> StartThree()
    {
        var child = await Child.Start("work:a", "work:b", "work:c");
        foreach (var name in _abc)
        {
            await child.Until($"{name} body");
        }

        return child;
    }

    /// <summary>The events of one call.</summary>
    private static IEnumerable<string> Of(Child child, string name) =>
        child.Events.Where(line => line.StartsWith(name + " ")).Select(line => line[(name.Length + 1)..]);
}

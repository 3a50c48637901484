using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>Sat calls inside sat calls.</summary>
internal sealed class NestedInterruptTests : ControllerFixture
{
    [Test]
    public async Task a_cancel_ends_the_inner_call_first_with_its_own_hooks()
    {
        var call = Set<Nested>().Outer();
        Assert.That(Call("Inner").Parent, Is.SameAs(Call("Outer")));

        Sitter.Cancel();
        await Stage.Reached("inner finally");
        Assert.That(Stage.Lines, Does.Not.Contain("outer catch"));
        Stage.Open("inner finally");

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(
            Stage.Story,
            Is.EqualTo("outer startup, inner startup, inner finally, inner cancellation, outer catch, outer finally, outer cancellation"));
    }

    [Test]
    public async Task a_timeout_of_the_outer_cancels_the_inner_and_the_outer_never_sees_its_default()
    {
        var call = Set<Nested>().Outer();
        Stage.OpenForGood("inner finally");
        var (outer, inner) = (Call("Outer"), Call("Inner"));

        Clock.Advance(10);

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo(
            "outer startup, inner startup, inner finally, inner cancellation, outer catch, outer finally, timeout"));
        Assert.That(outer.State, Is.EqualTo(SitState.TimedOut));
        Assert.That(inner.State, Is.EqualTo(SitState.Cancelled));
        Assert.That(inner.Interrupt, Is.EqualTo(SitInterrupt.Cancel));
    }

    [Test]
    public async Task a_cancel_of_the_outer_alone_ends_the_inner_too()
    {
        var call = Set<Nested>().Outer();
        Stage.OpenForGood("inner finally");

        Call("Outer").Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo(
            "outer startup, inner startup, inner finally, inner cancellation, outer catch, outer finally, outer cancellation"));
    }

    [Test]
    public async Task a_cancel_of_the_inner_alone_gives_the_outer_its_default()
    {
        var call = Set<Nested>().Outer();
        Stage.OpenForGood("inner finally", "outer");

        Call("Inner").Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Story, Is.EqualTo(
            "outer startup, inner startup, inner finally, inner cancellation, inner gave , outer finally, completion"));
    }

    [Test]
    public async Task a_filter_that_takes_both_interrupts_the_outer_alone_and_the_inner_through_it()
    {
        var call = Set<Nested>().Outer();
        Stage.OpenForGood("inner finally", "outer");

        Sitter.Cancel(_ => true);

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo(
            "outer startup, inner startup, inner finally, inner cancellation, outer catch, outer finally, outer cancellation"));
    }

    [Test]
    public async Task a_restart_of_everything_restarts_the_outermost_and_cancels_what_runs_inside()
    {
        var call = Set<Nested>().Outer();
        Stage.OpenForGood("inner finally", "outer");
        var (outer, inner) = (Call("Outer"), Call("Inner"));

        Sitter.Restart();
        await Stage.Reached("inner", 2);
        Assert.That(Call("Outer"), Is.SameAs(outer));
        Assert.That(Call("Inner"), Is.Not.SameAs(inner));
        Stage.Open("inner");

        Assert.That(await call.InTime(), Is.EqualTo(7));
        Assert.That(
            Stage.Story,
            Is.EqualTo(
                "outer startup, inner startup, inner finally, inner cancellation, outer catch, outer finally, restart, "
                + "outer startup, inner startup, inner went on, inner finally, inner gave 7, outer finally, completion"));
        Assert.That((outer.Restarts, inner.Restarts, inner.State), Is.EqualTo((1, 0, SitState.Cancelled)));
    }

    [Test]
    public async Task a_restart_of_the_inner_alone_leaves_the_outer_waiting()
    {
        var call = Set<Nested>().Outer();
        Stage.OpenForGood("inner finally", "outer");

        Call("Inner").Restart();
        await Stage.Reached("inner", 2);
        Stage.Open("inner");

        Assert.That(await call.InTime(), Is.EqualTo(7));
        Assert.That(
            Stage.Story,
            Is.EqualTo(
                "outer startup, inner startup, inner finally, inner restart, inner startup, inner went on, inner finally, "
                + "inner gave 7, outer finally, completion"));
    }

    [Test]
    public async Task paused_means_all_of_them()
    {
        var call = Set<Nested>().Outer();
        var (outer, inner) = (Call("Outer"), Call("Inner"));
        Stage.OpenForGood("outer", "inner finally");

        Sitter.Pause();
        Stage.Open("inner");
        Assert.That((outer.State, inner.State), Is.EqualTo((SitState.Paused, SitState.Paused)));
        Assert.That(Stage.Lines, Does.Not.Contain("inner went on"));

        Sitter.Resume();
        Assert.That(await call.InTime(), Is.EqualTo(7));
    }

    [Test]
    public async Task a_cancel_while_paused_ends_all_of_them()
    {
        var call = Set<Nested>().Outer();
        Stage.OpenForGood("inner finally");
        Sitter.Pause();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo(
            "outer startup, inner startup, inner finally, inner cancellation, outer catch, outer finally, outer cancellation"));
    }

    [Test]
    public async Task a_cancel_ends_calls_that_are_nested_deeply()
    {
        var call = Set<Nested>().Down(500);
        await Stage.Reached("bottom");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
    }

    [Test]
    public async Task a_pause_of_the_outer_alone_lets_the_inner_end()
    {
        var call = Set<Nested>().Outer();
        Stage.OpenForGood("outer", "inner finally");

        Call("Outer").Pause();
        Stage.Open("inner");
        Assert.That(Stage.Lines, Does.Contain("inner finally").And.Not.Contain("inner gave 7"));
        Assert.That(call.IsCompleted, Is.False);

        Call("Outer").Resume();
        Assert.That(await call.InTime(), Is.EqualTo(7));
    }

    [Test]
    public async Task helpers_and_Task_Run_between_the_calls_are_ended_from_the_inside_outwards()
    {
        var call = Set<Nested>().OuterThroughHelpers();
        await Stage.Reached("inner");
        Stage.OpenForGood("inner finally");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo(
            "inner startup, inner finally, inner cancellation, between finally, outer finally, outer cancellation"));
    }

    [Test]
    public async Task several_inner_calls_at_once_all_end_before_the_outer()
    {
        var call = Set<Nested>().OuterOfMany();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Lines.Take(3), Is.EquivalentTo(new[] { "a finally", "b finally", "c finally" }));
        Assert.That(Stage.Lines.Skip(3), Is.EqualTo(new[] { "outer finally", "outer cancellation" }));
    }

    [Test]
    public async Task three_levels_end_from_the_inside_outwards()
    {
        var call = Set<Nested>().Three();
        Stage.OpenForGood("inner finally");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(
            Stage.Story,
            Is.EqualTo(
                "outer startup, inner startup, inner finally, inner cancellation, outer catch, outer finally, outer cancellation, "
                + "outermost finally, outer cancellation"));
    }

    [Test]
    public async Task calls_without_flow_nest_too()
    {
        var call = Set<Nested>().OuterWithoutFlow();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("inner finally, inner cancellation, outer finally, outer cancellation"));
    }

    [Test]
    public async Task a_call_that_outlives_the_one_that_started_it_is_a_call_of_its_own()
    {
        var inner = await Set<Nested>().OuterThatLeaves();
        Stage.OpenForGood("inner finally");
        Assert.That(Sitter.ActiveCalls.Select(call => call.Name), Is.EqualTo(new[] { "Inner" }));

        Sitter.Restart();
        await Stage.Reached("inner", 2);
        Stage.Open("inner");

        Assert.That(await inner.InTime(), Is.EqualTo(7));
        Assert.That(Stage.Story, Is.EqualTo("inner startup, inner finally, inner restart, inner startup, inner went on, inner finally"));
    }
}

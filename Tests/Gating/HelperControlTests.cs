using AssemblyToProcess.Gating;
using Sitters;

namespace Tests.Gating;

/// <summary>Every async method, lambda and local function that runs inside a call is under its control.</summary>
internal sealed class HelperControlTests : ControllerFixture
{
    private static readonly string[] _kinds =
    [
        "method", "lambda", "local function", "static local function", "generic", "generic class", "static", "value task",
        "plain value task", "pooled value task", "elsewhere", "not async", "notify only", "class awaiter", "struct awaiter", "struct",
        "interface",
    ];

    [Test]
    public async Task a_helper_is_interrupted_first_and_its_caller_after_it([ValueSource(nameof(_kinds))] string kind, [Values] bool flows)
    {
        var call = Start(kind, flows);

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("inner, inner finally, outer finally"));
    }

    [Test]
    public async Task a_helper_is_paused_at_its_own_await([ValueSource(nameof(_kinds))] string kind, [Values] bool flows)
    {
        var call = Start(kind, flows);

        Sitter.Pause();
        Stage.Open("inner");
        Assert.That(Stage.Story, Is.EqualTo("inner"));
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(kind == "generic" ? 3 : 7));
        Assert.That(Stage.Story, Is.EqualTo("inner, inner went on, inner finally, outer finally"));
    }

    [Test]
    public async Task a_helper_outside_any_call_is_neither_paused_nor_interrupted([ValueSource(nameof(_kinds))] string kind)
    {
        var helper = Set<Helpers>().Choose(kind);

        Sitter.Pause();
        Sitter.Cancel();
        Sitter.Pause();
        Stage.Open("inner");
        Assert.That(await helper.InTime(), Is.EqualTo(kind == "generic" ? 3 : 7));
        Sitter.Resume();

        Assert.That(Stage.Story, Is.EqualTo("inner, inner went on, inner finally"));
        Assert.That(Sitter.ActiveCalls, Is.Empty);
    }

    [Test]
    public async Task a_helper_across_Task_Run_is_interrupted_and_paused()
    {
        var call = Start("task run", flows: true);
        await Stage.Reached("inner");
        Sitter.Pause();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        await Stage.Said("inner finally");
        Assert.That(Stage.Lines, Does.Contain("outer finally").And.Not.Contain("inner went on"));
    }

    [Test]
    public async Task a_helper_across_Task_Run_cleans_up_before_its_caller()
    {
        var call = Start("task run", flows: true);
        await Stage.Reached("inner");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("inner, inner finally, outer finally"));
    }

    [Test]
    public async Task a_call_without_flow_leaves_behind_what_runs_across_Task_Run()
    {
        var call = Start("task run", flows: false);
        await Stage.Reached("inner");

        Sitter.Cancel();
        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("inner, outer finally"));

        Stage.OpenForGood("inner");
        await Stage.Said("inner finally");
        Assert.That(Stage.Story, Is.EqualTo("inner, outer finally, inner went on, inner finally"));
    }

    [Test]
    public async Task an_interrupt_travels_outwards_through_every_finally_and_its_awaits()
    {
        var call = Set<Helpers>().Deep(3);

        Sitter.Cancel();
        foreach (var point in new[] { "finally 1", "finally 2", "finally 3", "finally 0" })
        {
            await Stage.Reached(point);
            Assert.That(Stage.Lines[^1], Is.EqualTo(point));
            Stage.Open(point);
        }

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(
            Stage.Story,
            Is.EqualTo(
                "finally 1, finally 1 is over, finally 2, finally 2 is over, finally 3, finally 3 is over, "
                + "finally 0, finally 0 is over, cancellation"));
    }

    [Test]
    public async Task what_a_helper_has_begun_before_it_ended_cleans_up_before_its_caller([Values] bool suspends)
    {
        var call = Set<Helpers>().Begun(suspends);
        await Stage.Reached("a");

        Sitter.Cancel();
        await Stage.Reached("a finally");
        Assert.That(Stage.Lines, Does.Not.Contain("outer finally"));
        Stage.Open("a finally");

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Lines[^1], Is.EqualTo("outer finally"));
    }

    [Test]
    public async Task when_all_ends_when_all_branches_have_cleaned_up()
    {
        var call = Set<Helpers>().All();
        Stage.Open("b");
        Stage.OpenForGood("b finally");

        Sitter.Cancel();
        await Stage.Reached("a finally");
        await Stage.Reached("c finally");
        Assert.That(Stage.Lines, Does.Not.Contain("outer finally"));
        Stage.Open("a finally");
        Assert.That(Stage.Lines, Does.Not.Contain("outer finally"));
        Stage.Open("c finally");

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Lines[^1], Is.EqualTo("outer finally"));
    }

    [Test]
    public async Task when_all_over_helpers_is_paused_and_goes_on()
    {
        var call = Set<Helpers>().All();
        Stage.OpenForGood("a finally", "b finally", "c finally");
        Sitter.Pause();
        foreach (var branch in new[] { "a", "b", "c" })
        {
            Stage.Open(branch);
        }

        Assert.That(Stage.Lines, Is.Empty);

        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo(3));
    }

    [Test]
    public async Task when_any_leaves_a_branch_that_is_interrupted_before_its_starter()
    {
        var call = Set<Helpers>().Any();
        Stage.OpenForGood("a finally", "b finally");
        Stage.Open("a");
        await Stage.Reached("after");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("a finally, b finally, outer finally"));
    }

    [Test]
    public async Task a_method_that_hangs_beside_its_helper_is_interrupted_after_it()
    {
        var call = Set<Helpers>().Beside();

        Sitter.Cancel();
        await Stage.Reached("a finally");
        Assert.That(Stage.Story, Is.EqualTo("a finally"));
        Stage.Open("a finally");

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("a finally, outer finally"));
    }

    [Test]
    public async Task a_helper_that_swallows_the_interrupt_gives_its_result_and_its_caller_ends_at_its_own_next_await(
        [Values] bool onAContext)
    {
        using var thread = new SingleThread();
        var call = onAContext ? await thread.Run(() => Set<Helpers>().Swallowing()) : Set<Helpers>().Swallowing();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("got 2, outer finally"));
    }

    [Test]
    public async Task what_a_helper_makes_of_the_interrupt_reaches_its_caller([Values] bool onAContext)
    {
        using var thread = new SingleThread();
        var call = onAContext ? await thread.Run(() => Set<Helpers>().Translating()) : Set<Helpers>().Translating();

        Sitter.Cancel();
        await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.That(Stage.Story, Is.EqualTo("caught translated"));
    }

    [Test]
    public async Task helpers_called_in_cleanup_work_undisturbed()
    {
        var call = Set<Helpers>().CleansUpThroughHelpers();

        Sitter.Cancel();
        await Stage.Reached("cleaning");
        Stage.Open("cleaning");
        await Stage.Reached("wiping");
        Stage.Open("wiping");

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Story, Is.EqualTo("cleans, wiped, clean"));
    }

    [Test]
    public async Task the_branches_of_Parallel_ForEachAsync_are_under_control()
    {
        var call = Set<Helpers>().InParallel();
        await Stage.Reached("branch 0");
        await Stage.Reached("branch 1");
        Sitter.Pause();
        Assert.That(Stage.Lines, Is.EqualTo(Enumerable.Repeat("inside True", 2)));

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        Assert.That(Stage.Lines.Skip(2), Is.EqualTo(Enumerable.Repeat("finally", 2)));
    }

    [Test]
    public async Task what_a_timer_starts_inside_a_call_is_under_its_control()
    {
        Timer? timer = null;
        var call = Set<Helpers>().OnTimer(tick => timer = new Timer(_ => tick(), null, 0, Timeout.Infinite));
        await Stage.Reached("inner");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Default);
        await Stage.Said("tick cancelled");
        timer!.Dispose();
        Assert.That(Stage.Lines, Does.Contain("inside True").And.Not.Contain("inner went on"));
    }

    [Test]
    public async Task a_call_without_flow_is_seen_in_woven_code_only()
    {
        var call = Set<Helpers>().SeesItself();
        Stage.Open("work");

        Assert.That(await call.InTime(), Is.EqualTo("True True True False"));
    }

    private Task<int?> Start(string kind, bool flows) => flows ? Set<Helpers>().Through(kind) : Set<Helpers>().ThroughWithoutFlow(kind);
}

using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Sat calls that run inside sat calls.</summary>
internal sealed class NestedCallTests : ControllerFixture
{
    private static readonly string[] _inHooks = ["completion", "exception", "timeout", "cancellation", "restart", "pause", "resume"];

    [Test]
    public async Task an_inner_call_has_its_own_hooks_and_gives_its_result_to_the_outer()
    {
        var subject = Set<Nested>();
        var call = subject.Outer();

        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo("outer inner"));
        Assert.That(Stage.Lines, Is.EqualTo(new[]
        {
            "outer startup", "outer", "inner startup", "inner", "inner after", "inner finally", "inner completion",
            "between finally", "outer got inner", "outer finally", "outer completion",
        }));
    }

    [Test]
    public async Task an_inner_call_has_a_context_of_its_own_and_the_outers_is_back_afterwards()
    {
        var subject = Set<Nested>();

        var outer = await subject.See().InTime();

        Assert.Multiple(() =>
        {
            Assert.That(subject.Contexts[0], Is.SameAs(outer));
            Assert.That(subject.Contexts[2], Is.SameAs(outer));
            Assert.That(subject.Contexts[1], Is.Not.SameAs(outer));
            Assert.That(subject.Contexts[1].Parent, Is.SameAs(outer));
            Assert.That(outer.Parent, Is.Null);
        });
    }

    [Test]
    public async Task a_cancel_ends_the_innermost_first_and_the_outer_never_sees_its_default()
    {
        var subject = Set<Nested>();
        var call = subject.Outer();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[]
        {
            "outer startup", "outer", "inner startup", "inner", "inner finally", "inner cancellation",
            "between finally", "outer interrupted", "outer finally", "outer cancellation",
        }));
    }

    [Test]
    public async Task the_outers_timeout_ends_the_inner_with_its_cancellation_hooks_first()
    {
        var subject = Set<Nested>();
        var call = subject.TimedOuter();

        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[]
        {
            "inner startup", "inner", "inner finally", "inner cancellation", "between finally", "outer finally", "outer timeout",
        }));
    }

    [Test]
    public async Task a_restart_restarts_the_outer_and_cancels_the_inner_which_starts_anew_with_it()
    {
        var subject = Set<Nested>();
        var call = subject.Outer();

        Sitter.Restart();
        await Stage.Said("inner", 2);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo("outer inner"));
        Assert.That(Stage.Lines, Is.EqualTo(new[]
        {
            "outer startup", "outer", "inner startup", "inner", "inner finally", "inner cancellation",
            "between finally", "outer interrupted", "outer finally", "outer restart",
            "outer startup", "outer", "inner startup", "inner", "inner after", "inner finally", "inner completion",
            "between finally", "outer got inner", "outer finally", "outer completion",
        }));
    }

    [Test]
    public async Task a_pause_holds_all_of_them()
    {
        var subject = Set<Nested>();
        var call = subject.Outer();

        Sitter.Pause();
        Assert.That(Sitter.ActiveCalls.Select(context => context.State), Is.EqualTo(new[] { SitState.Paused, SitState.Paused }));
        Stage.OpenForGood("door");
        Assert.That(Stage.Count("inner after"), Is.Zero);
        Sitter.Resume();

        Assert.That(await call.InTime(), Is.EqualTo("outer inner"));
    }

    [Test]
    public async Task a_cancel_of_the_inner_alone_gives_the_outer_its_default()
    {
        var subject = Set<Nested>();
        var call = subject.Outer();

        Sitter.Cancel(context => context.Parent is not null);

        Assert.That(await call.InTime(), Is.EqualTo("outer "));
        Assert.That(Stage.Lines, Is.EqualTo(new[]
        {
            "outer startup", "outer", "inner startup", "inner", "inner finally", "inner cancellation",
            "between finally", "outer got default", "outer finally", "outer completion",
        }));
    }

    [Test]
    public async Task a_restart_of_the_inner_alone_leaves_the_outer_waiting()
    {
        var subject = Set<Nested>();
        var call = subject.Outer();

        Sitter.Restart(context => context.Parent is not null);
        await Stage.Said("inner", 2);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo("outer inner"));
        Assert.That(Stage.Count("outer"), Is.EqualTo(1));
        Assert.That(Stage.Count("inner restart"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_filter_that_both_pass_restarts_the_outer_and_cancels_the_inner()
    {
        var subject = Set<Nested>();
        var call = subject.Outer();

        Sitter.Restart(_ => true);
        await Stage.Said("inner", 2);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo("outer inner"));
        Assert.That(Stage.Count("outer restart"), Is.EqualTo(1));
        Assert.That(Stage.Count("inner restart"), Is.Zero);
        Assert.That(Stage.Count("inner cancellation"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_timeout_of_the_inner_gives_the_outer_its_default()
    {
        var subject = Set<Nested>();
        var call = subject.OuterOfTimed();

        Clock.Advance(2);

        Assert.That(await call.InTime(), Is.EqualTo("outer "));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "inner timeout", "outer got default" }));
    }

    [Test]
    public async Task several_inner_calls_are_all_over_before_the_outer_is()
    {
        var subject = Set<Nested>();
        var call = subject.Several();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Count("inner cancellation"), Is.EqualTo(3));
        Assert.That(Stage.Lines.TakeLast(2), Is.EqualTo(new[] { "outer finally", "outer cancellation" }));
    }

    [Test]
    public async Task an_inner_call_on_another_thread_is_ended_with_the_outer_too()
    {
        var subject = Set<Nested>();
        var call = subject.InTaskRun();
        await Stage.Said("inner");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[]
        {
            "inner startup", "inner", "inner finally", "inner cancellation", "outer finally", "outer cancellation",
        }));
    }

    [Test]
    public async Task the_outer_waits_for_the_inners_cancellation_hooks()
    {
        var subject = Set<Nested>();
        var call = subject.OuterOfSlow();

        Sitter.Cancel();
        await Stage.Said("inner cancelling");
        Assert.That(Stage.Count("outer finally"), Is.Zero);
        Stage.OpenForGood("hook");

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(
            new[] { "inner", "inner cancelling", "inner cancellation", "outer finally", "outer cancellation" }));
    }

    [Test]
    public async Task a_sat_call_in_a_startup_hook_runs_inside_too()
    {
        var subject = Set<Nested>();
        var call = subject.InHook();
        await Stage.Said("inner");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "inner startup", "inner", "inner finally", "inner cancellation" }));
    }

    [Test]
    public async Task a_sat_call_in_a_retry_hook_runs_inside_too()
    {
        var subject = Set<Nested>();
        var call = subject.InRetryHook();
        await Stage.Said("inner");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(
            new[] { "inner startup", "inner", "inner finally", "inner cancellation", "outer cancellation" }));
    }

    [Test]
    public async Task a_sat_call_in_a_hook_that_no_interrupt_reaches_is_cancelled_by_itself([ValueSource(nameof(_inHooks))] string hook)
    {
        var subject = Set<Nested>();
        var call = await LeadTo(hook, subject);
        await Stage.Said("inner");

        Sitter.Cancel();

        await Stage.Said("hook got default");
        Stage.OpenForGood("hook");
        await call.EndInTime();
        _ = call.Exception;
        Assert.That(Stage.Lines.SkipWhile(line => line == "outer"), Is.EqualTo(new[]
        {
            "inner startup", "inner", "inner finally", "inner cancellation", "hook got default",
        }));
    }

    [Test]
    public async Task a_sat_call_in_a_hook_that_no_interrupt_reaches_is_restarted_by_itself([ValueSource(nameof(_inHooks))] string hook)
    {
        var subject = Set<Nested>();
        var call = await LeadTo(hook, subject);
        await Stage.Said("inner");

        Sitter.Restart(_ => true);
        await Stage.Said("inner", 2);
        Stage.OpenForGood("door");

        await Stage.Said("hook got inner");
        Stage.OpenForGood("hook");
        await call.EndInTime();
        _ = call.Exception;
        Assert.That(Stage.Lines.Where(line => line.StartsWith("inner", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "inner startup", "inner", "inner finally", "inner restart", "inner startup", "inner", "inner after", "inner finally",
            "inner completion",
        }));
    }

    [Test]
    public async Task calls_nest_deeply()
    {
        Assert.That(await Set<Nested>().Depth(200).InTime(), Is.EqualTo(200));
    }

    /// <summary>To where the hook has begun.</summary>
    private async Task<Task> LeadTo(string hook, Nested subject)
    {
        switch (hook)
        {
            case "completion":
                return subject.InCompletionHook();
            case "exception":
                return subject.InExceptionHook();
            case "timeout":
                var timed = subject.InTimeoutHook();
                Clock.Advance(1);
                return timed;
            case "cancellation":
                var cancelled = subject.InCancellationHook();
                Sitter.Cancel();
                return cancelled;
            case "restart":
                var restarted = subject.InRestartHook();
                Sitter.Restart();
                return restarted;
            case "pause":
                var paused = subject.InPauseHook();
                Sitter.Pause(_ => true);
                return paused;
            default:
                var resumed = subject.InResumeHook();
                Sitter.Pause();
                Sitter.Resume();
                return resumed;
        }
    }
}

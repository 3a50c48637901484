using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Calls that the controller cancels.</summary>
internal sealed class CancelTests : ControllerFixture
{
    [Test]
    public async Task a_cancel_ends_the_await_then_runs_finally_and_cancellation_hooks_and_returns_default()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "finally", "cancellation" }));
    }

    [Test]
    public async Task a_call_may_throw_instead()
    {
        var subject = Set<Controlled>();
        var call = subject.WorkOrThrow();

        Sitter.Cancel();

        await Failure<OperationCanceledException>(call);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cancellation" }));
    }

    [Test]
    public async Task the_context_says_that_the_call_was_cancelled()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();

        Clock.Advance(2);
        Sitter.Cancel();
        await call.InTime();

        Assert.Multiple(() =>
        {
            Assert.That(subject.States["cancellation"], Is.EqualTo(SitState.Cancelled));
            Assert.That(subject.Context!.State, Is.EqualTo(SitState.Cancelled));
            Assert.That(subject.Context.Interrupt, Is.EqualTo(SitInterrupt.Cancel));
            Assert.That(subject.Context.StoppedAt - subject.Context.StartedAt, Is.EqualTo(TimeSpan.FromSeconds(2)));
        });
    }

    [Test]
    public async Task every_shape_of_method_is_cancelled()
    {
        var subject = Set<Controlled>();
        var nothing = subject.WithoutResult();
        var value = subject.AsValueTask().AsTask();
        var flowless = subject.WithoutFlow();

        Sitter.Cancel();

        await nothing.InTime();
        Assert.That(await value.InTime(), Is.Null);
        Assert.That(await flowless.InTime(), Is.Null);
        Assert.That(Stage.Count("cancellation"), Is.EqualTo(3));
        Assert.That(Stage.Count("finally"), Is.EqualTo(1));
    }

    [Test]
    public async Task every_call_is_cancelled_not_only_the_newest()
    {
        var calls = Enumerable.Range(0, 5).Select(_ => Set<Controlled>().Work()).ToList();

        Sitter.Cancel();

        Assert.That(await Task.WhenAll(calls).InTime(), Is.All.Null);
        Assert.That(Stage.Count("cancellation"), Is.EqualTo(5));
    }

    [Test]
    public async Task calls_that_begin_later_are_not_cancelled()
    {
        var subject = Set<Controlled>();
        var first = subject.Work();
        Sitter.Cancel();
        await first.InTime();

        var second = subject.Work();
        Stage.OpenForGood("door");

        Assert.That(await second.InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task a_method_that_swallows_the_interrupt_is_cancelled_nevertheless()
    {
        var subject = Set<Controlled>();
        var call = subject.Swallow();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "caught", "cancellation" }));
    }

    [Test]
    public async Task a_method_that_wraps_the_interrupt_is_cancelled_nevertheless()
    {
        var subject = Set<Controlled>();
        var call = subject.TurnIntoAnother();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "cancellation" }));
    }

    [Test]
    public async Task an_await_that_has_completed_already_ends_too()
    {
        var subject = Set<Controlled>();
        var call = Task.Run(subject.Spin);
        await Stage.Said("body");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cancellation" }));
    }

    [Test]
    public async Task busy_code_ends_at_its_next_await()
    {
        var subject = Set<Controlled>();
        var call = subject.BusyThenAwait();
        await Stage.Said("busy");

        Sitter.Cancel();
        subject.Busy.Set();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "busy", "after busy", "cancellation" }));
    }

    [Test]
    public async Task a_second_cancel_changes_nothing_and_the_cleanup_goes_on()
    {
        var subject = Set<Controlled>();
        var call = subject.CleanUpSlowly();
        Sitter.Cancel();
        await Stage.Said("cleaning");

        Sitter.Cancel();
        Assert.That(call.IsCompleted, Is.False);
        Stage.OpenForGood("cleanup");

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cleaning", "cleaned", "cancellation" }));
    }

    [Test]
    public async Task a_cancel_while_startup_hooks_run_runs_the_cancellation_hooks_and_never_the_body()
    {
        var subject = Set<Controlled>();
        var call = subject.StartSlowly();
        await Stage.Said("hook");

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "hook", "cancellation" }));
    }

    [Test]
    public async Task a_cancel_while_completion_hooks_run_comes_too_late()
    {
        var subject = Set<Controlled>();
        Stage.OpenForGood("door");
        var call = subject.CompleteSlowly();
        await Stage.Said("hook");

        Sitter.Cancel();
        Stage.OpenForGood("hook");

        Assert.That(await call.InTime(), Is.EqualTo(5));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "completion", "hook", "hook ended" }));
    }

    [Test]
    public async Task the_caller_waits_for_the_cancellation_hooks()
    {
        var subject = Set<Controlled>();
        var call = subject.CancelSlowly();

        Sitter.Cancel();
        await Stage.Said("hook");
        Assert.That(call.IsCompleted, Is.False);
        Stage.OpenForGood("hook");

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_cancel_while_paused_resumes_and_cancels()
    {
        var subject = Set<Controlled>();
        var call = subject.Work();
        Sitter.Pause();

        Sitter.Cancel();

        Assert.That(Sitter.IsPaused, Is.False);
        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines.Where(line => line is not ("pause" or "resume")), Is.EqualTo(
            new[] { "startup", "body", "finally", "cancellation" }));
    }

    [Test]
    public async Task a_call_that_waits_to_begin_is_cancelled_before_its_startup_hooks()
    {
        var subject = Set<Controlled>();
        Sitter.Pause();
        var call = subject.Work();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "cancellation" }));
    }

    [Test]
    public async Task a_token_parameter_and_the_contexts_token_fire()
    {
        var subject = Set<Controlled>();
        var call = subject.WithToken(CancellationToken.None);
        var token = subject.Context!.CancellationToken;
        var fired = new TaskCompletionSource();
        token.Register(fired.SetResult);

        Sitter.Cancel();
        await call.InTime();

        Assert.That(subject.Token.IsCancellationRequested);
        Assert.That(token.IsCancellationRequested);
        await fired.Task.EndInTime();
    }

    [Test]
    public async Task a_method_that_leaves_its_await_to_the_token_is_cancelled()
    {
        var subject = Set<Controlled>();
        var call = subject.PassToken(CancellationToken.None);

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cancellation" }));
    }

    [Test]
    public async Task a_context_cancels_its_own_call_alone()
    {
        var one = Set<Controlled>();
        var other = OtherStage.Set(new Controlled());
        var calls = new[] { one.Work(), other.Work() };

        one.Context!.Cancel();

        Assert.That(await calls[0].InTime(), Is.Null);
        Assert.That(calls[1].IsCompleted, Is.False);
        OtherStage.OpenForGood("door");
        Assert.That(await calls[1].InTime(), Is.EqualTo(5));
    }

    [Test]
    public async Task the_context_of_a_call_that_has_ended_does_nothing_any_more()
    {
        var subject = Set<Controlled>();
        Stage.OpenForGood("door");
        var call = subject.Work();
        await call.InTime();

        subject.Context!.Cancel();
        subject.Context.Restart();
        subject.Context.Pause();
        subject.Context.Resume();

        Assert.That(subject.Context.State, Is.EqualTo(SitState.Completed));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "after", "finally", "completion" }));
    }
}

using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Calls that the controller cancels.</summary>
internal sealed class CancelTests : LifeFixture
{
    [Test]
    public async Task a_cancel_ends_the_await_then_runs_finally_and_cancellation_hooks_and_returns_default()
    {
        var subject = new Controlled();
        var call = subject.Work();

        Sitter.Cancel();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "finally", "cancellation" }));
    }

    [Test]
    public async Task a_call_may_throw_instead()
    {
        var subject = new Controlled();
        var call = subject.WorkOrThrow();

        Sitter.Cancel();

        await Failure<OperationCanceledException>(call);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "cancellation" }));
    }

    [Test]
    public async Task the_context_says_that_the_call_was_cancelled()
    {
        var subject = new Controlled();
        var call = subject.Work();

        Clock.Advance(2);
        Sitter.Cancel();
        await Outcome(call);

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
        var subject = new Controlled();
        var nothing = subject.WithoutResult();
        var value = subject.AsValueTask().AsTask();
        var flowless = subject.WithoutFlow();

        Sitter.Cancel();

        await Outcome(nothing);
        Assert.That(await Outcome(value), Is.Zero);
        Assert.That(await Outcome(flowless), Is.Null);
        Assert.That(subject.Count("cancellation"), Is.EqualTo(3));
        Assert.That(subject.Count("finally"), Is.EqualTo(1));
    }

    [Test]
    public async Task every_call_is_cancelled_not_only_the_newest()
    {
        var subjects = Enumerable.Range(0, 5).Select(_ => new Controlled()).ToList();
        var calls = subjects.ConvertAll(subject => subject.Work());

        Sitter.Cancel();

        Assert.That(await Outcome(Task.WhenAll(calls)), Is.All.Null);
        Assert.That(subjects.Sum(subject => subject.Count("cancellation")), Is.EqualTo(5));
    }

    [Test]
    public async Task calls_that_begin_later_are_not_cancelled()
    {
        var subject = new Controlled();
        var first = subject.Work();
        Sitter.Cancel();
        await Outcome(first);

        var second = subject.Work();
        subject.Door.SetResult();

        Assert.That(await Outcome(second), Is.EqualTo(5));
    }

    [Test]
    public async Task a_method_that_swallows_the_interrupt_is_cancelled_all_the_same()
    {
        var subject = new Controlled();
        var call = subject.Swallow();

        Sitter.Cancel();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "caught", "cancellation" }));
    }

    [Test]
    public async Task a_method_that_wraps_the_interrupt_is_cancelled_all_the_same()
    {
        var subject = new Controlled();
        var call = subject.TurnIntoAnother();

        Sitter.Cancel();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "cancellation" }));
    }

    [Test]
    public async Task an_await_that_has_completed_already_ends_too()
    {
        var subject = new Controlled();
        var call = Task.Run(subject.Spin);
        await End(subject.When("body"));

        Sitter.Cancel();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "cancellation" }));
    }

    [Test]
    public async Task busy_code_ends_at_its_next_await()
    {
        var subject = new Controlled();
        var call = subject.BusyThenAwait();
        await End(subject.When("busy"));

        Sitter.Cancel();
        subject.Busy.Set();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "busy", "after busy", "cancellation" }));
    }

    [Test]
    public async Task a_second_cancel_changes_nothing_and_the_cleanup_goes_on()
    {
        var subject = new Controlled();
        var call = subject.CleanUpSlowly();
        Sitter.Cancel();
        await End(subject.When("cleaning"));

        Sitter.Cancel();
        Assert.That(call.IsCompleted, Is.False);
        subject.Cleanup.SetResult();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "cleaning", "cleaned", "cancellation" }));
    }

    [Test]
    public async Task a_cancel_while_startup_hooks_run_runs_the_cancellation_hooks_and_never_the_body()
    {
        var subject = new Controlled();
        var call = subject.StartSlowly();
        await End(subject.When("hook"));

        Sitter.Cancel();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "hook", "cancellation" }));
    }

    [Test]
    public async Task a_cancel_while_completion_hooks_run_comes_too_late()
    {
        var subject = new Controlled();
        subject.Door.SetResult();
        var call = subject.CompleteSlowly();
        await End(subject.When("hook"));

        Sitter.Cancel();
        subject.Hook.SetResult();

        Assert.That(await Outcome(call), Is.EqualTo(5));
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "completion", "hook", "hook ended" }));
    }

    [Test]
    public async Task the_caller_waits_for_the_cancellation_hooks()
    {
        var subject = new Controlled();
        var call = subject.CancelSlowly();

        Sitter.Cancel();
        await End(subject.When("hook"));
        Assert.That(call.IsCompleted, Is.False);
        subject.Hook.SetResult();

        Assert.That(await Outcome(call), Is.Null);
    }

    [Test]
    public async Task a_cancel_while_paused_resumes_and_cancels()
    {
        var subject = new Controlled();
        var call = subject.Work();
        Sitter.Pause();

        Sitter.Cancel();

        Assert.That(Sitter.IsPaused, Is.False);
        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log.Where(line => line is not ("pause" or "resume")), Is.EqualTo(new[] { "startup", "body", "finally", "cancellation" }));
    }

    [Test]
    public async Task a_call_that_waits_to_begin_is_cancelled_before_its_startup_hooks()
    {
        var subject = new Controlled();
        Sitter.Pause();
        var call = subject.Work();

        Sitter.Cancel();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "cancellation" }));
    }

    [Test]
    public async Task a_token_parameter_and_the_contexts_token_fire()
    {
        var subject = new Controlled();
        var call = subject.WithToken(CancellationToken.None);
        var token = subject.Context!.CancellationToken;
        var fired = new TaskCompletionSource();
        token.Register(fired.SetResult);

        Sitter.Cancel();
        await Outcome(call);

        Assert.That(subject.Token.IsCancellationRequested);
        Assert.That(token.IsCancellationRequested);
        await End(fired.Task);
    }

    [Test]
    public async Task a_method_that_leaves_its_await_to_the_token_is_cancelled()
    {
        var subject = new Controlled();
        var call = subject.PassToken(CancellationToken.None);

        Sitter.Cancel();

        Assert.That(await Outcome(call), Is.Null);
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "cancellation" }));
    }

    [Test]
    public async Task a_context_cancels_its_own_call_alone()
    {
        var one = new Controlled();
        var other = new Controlled();
        var calls = new[] { one.Work(), other.Work() };

        one.Context!.Cancel();

        Assert.That(await Outcome(calls[0]), Is.Null);
        Assert.That(calls[1].IsCompleted, Is.False);
        other.Door.SetResult();
        Assert.That(await Outcome(calls[1]), Is.EqualTo(5));
    }

    [Test]
    public async Task the_context_of_a_call_that_has_ended_does_nothing_any_more()
    {
        var subject = new Controlled();
        subject.Door.SetResult();
        var call = subject.Work();
        await Outcome(call);

        subject.Context!.Cancel();
        subject.Context.Restart();
        subject.Context.Pause();
        subject.Context.Resume();

        Assert.That(subject.Context.State, Is.EqualTo(SitState.Completed));
        Assert.That(subject.Log, Is.EqualTo(new[] { "startup", "body", "after", "finally", "completion" }));
    }
}

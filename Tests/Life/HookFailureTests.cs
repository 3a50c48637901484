using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>What a failing hook changes: everything at the start, nothing later.</summary>
internal sealed class HookFailureTests : ControllerFixture
{
    private readonly List<(SitContext Context, Exception Exception)> _failures = [];

    [SetUp]
    public void Listen()
    {
        _failures.Clear();
        Sitter.HookFailed += Note;
    }

    [TearDown]
    public void StopListening() => Sitter.HookFailed -= Note;

    [Test]
    public async Task a_failure_that_a_call_has_told_is_not_told_again_as_unobserved()
    {
        var unobserved = await Unobserved.After(async () =>
            await Assert.CatchAsync(() => Set<FailingHooks>().AtStartupLater().InTime()));

        Assert.That(unobserved, Is.Empty);
    }

    [Test]
    public async Task a_failing_startup_hook_keeps_the_body_from_starting_and_its_exception_goes_to_the_caller()
    {
        var subject = Set<FailingHooks>();

        var exception = await Failure<NotSupportedException>(subject.AtStartup());

        Assert.Multiple(() =>
        {
            Assert.That(exception.Message, Is.EqualTo("hook"));
            Assert.That(exception.StackTrace, Does.Contain("FailingHooks.Fail("));
            Assert.That(Stage.Lines, Has.None.EqualTo("body"));
            Assert.That(_failures, Is.Empty);
        });
    }

    [Test]
    public async Task of_hooks_that_an_interrupt_has_left_behind_only_a_failure_of_their_own_is_told()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Tell(SitContext context, Exception failure) => told.TrySetResult();
        var call = Set<FailingHooks>().AtStartupLeftBehind();
        Sitter.Cancel();
        await Stage.Reached("stopping");
        await Stage.Reached("failing");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await call.EndInTime();

        Stage.Open("stopping");
        Sitter.HookFailed += Tell;
        Stage.Open("failing");
        await told.Task.InTime();
        Sitter.HookFailed -= Tell;

        Assert.That(Stage.Lines, Does.Contain("stopped").And.None.EqualTo("body"));
        Assert.That(_failures.Select(failure => failure.Exception), Is.All.InstanceOf<NotSupportedException>());
    }

    [Test]
    public async Task a_failing_startup_hook_runs_the_exception_hooks_and_is_not_retried()
    {
        var subject = Set<FailingHooks>();

        await Failure<NotSupportedException>(subject.AtStartup());

        Assert.Multiple(() =>
        {
            Assert.That(Stage.Lines, Is.EqualTo(new[] { "fail", "startup", "exception NotSupportedException" }));
            Assert.That(subject.States["exception"], Is.EqualTo(SitState.Failed));
        });
    }

    [Test]
    public async Task of_two_failing_startup_hooks_one_goes_to_the_caller_and_the_other_is_reported()
    {
        var subject = Set<FailingHooks>();

        var exception = await Failure<NotSupportedException>(subject.AtStartupTwice());

        Assert.Multiple(() =>
        {
            Assert.That(exception.Message, Is.EqualTo("hook"));
            Assert.That(_failures.Select(failure => failure.Exception.Message), Is.EqualTo(new[] { "other hook" }));
        });
    }

    [Test]
    public async Task a_startup_hook_that_fails_after_an_await_counts_the_same()
    {
        var subject = Set<FailingHooks>();

        var exception = await Failure<NotSupportedException>(subject.AtStartupLater());

        Assert.Multiple(() =>
        {
            Assert.That(exception.StackTrace, Does.Contain("FailLater"));
            Assert.That(Stage.Lines, Is.EqualTo(new[] { "fail", "exception NotSupportedException" }));
        });
    }

    [Test]
    public async Task a_failing_completion_hook_leaves_the_result_and_the_other_hooks_alone()
    {
        var subject = Set<FailingHooks>();

        Assert.That(await subject.AtCompletion().InTime(), Is.EqualTo(5));

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "fail", "completion" }));
        AssertTold("AtCompletion", SitState.Completed);
    }

    [Test]
    public async Task a_completion_hook_that_fails_after_an_await_is_reported_too()
    {
        var subject = Set<FailingHooks>();

        Assert.That(await subject.AtCompletionLater().InTime(), Is.EqualTo(6));

        AssertTold("AtCompletionLater", SitState.Completed);
    }

    [Test]
    public async Task a_completion_hook_that_is_cancelled_is_reported_too()
    {
        var subject = Set<FailingHooks>();

        Assert.That(await subject.AtCompletionCancelled().InTime(), Is.EqualTo(7));

        Assert.Multiple(() =>
        {
            Assert.That(Stage.Lines, Is.EqualTo(new[] { "completion" }));
            Assert.That(_failures.Single().Exception, Is.InstanceOf<OperationCanceledException>());
        });
    }

    [Test]
    public async Task a_result_is_cached_whether_its_completion_hook_fails_or_not()
    {
        var subject = Set<FailingHooks>();

        await subject.AtCompletionCached().InTime();

        Assert.That(await subject.AtCompletionCached().InTime(), Is.EqualTo(8));
        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_failing_exception_hook_leaves_the_exception_alone()
    {
        var subject = Set<FailingHooks>();

        var exception = await Failure<ArgumentException>(subject.AtException());

        Assert.That(exception.Message, Is.EqualTo("body"));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "fail", "exception ArgumentException" }));
        AssertTold("AtException", SitState.Failed);
    }

    [Test]
    public async Task a_failing_timeout_hook_leaves_the_timeout_alone()
    {
        var subject = Set<FailingHooks>();
        var call = subject.AtTimeout();

        Clock.Advance(1);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "fail", "timeout" }));
        AssertTold("AtTimeout", SitState.TimedOut);
    }

    [Test]
    public async Task a_failing_cancellation_hook_leaves_the_cancel_alone()
    {
        var subject = Set<FailingHooks>();
        var call = subject.AtCancellation();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "fail", "cancellation" }));
        AssertTold("AtCancellation", SitState.Cancelled);
    }

    [Test]
    public async Task a_failing_restart_hook_leaves_the_restart_alone()
    {
        var subject = Set<FailingHooks>();
        var call = subject.AtRestart();

        Sitter.Restart();
        await Stage.Said("body", 2);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(9));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "fail", "restart", "body" }));
        AssertTold("AtRestart");
    }

    [Test]
    public async Task a_failing_retry_hook_leaves_the_retry_alone()
    {
        var subject = Set<FailingHooks>();

        Assert.That(await subject.AtRetry().InTime(), Is.EqualTo(10));

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "fail", "retry", "body" }));
        AssertTold("AtRetry");
    }

    [Test]
    public async Task failing_pause_and_resume_hooks_leave_pause_and_resume_alone()
    {
        var subject = Set<FailingHooks>();
        var call = subject.AtPause();

        Sitter.Pause();
        await Stage.Said("pause");
        Sitter.Resume();
        await Stage.Said("resume");
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo(11));
        Assert.Multiple(() =>
        {
            Assert.That(Stage.Lines, Is.EqualTo(new[] { "fail", "pause", "fail too", "resume" }));
            Assert.That(_failures.Select(failure => failure.Exception.Message), Is.EqualTo(new[] { "hook", "other hook" }));
        });
    }

    [Test]
    public async Task a_handler_of_hook_failures_that_fails_changes_nothing_and_the_next_one_is_called()
    {
        var others = new List<Exception>();
        Action<SitContext, Exception> failing = (_, _) => throw new InvalidOperationException("handler");
        Action<SitContext, Exception> other = (_, exception) => others.Add(exception);
        Sitter.HookFailed += failing;
        Sitter.HookFailed += other;
        try
        {
            Assert.That(await Set<FailingHooks>().AtCompletion().InTime(), Is.EqualTo(5));
            Assert.That(others, Has.Count.EqualTo(1));
        }
        finally
        {
            Sitter.HookFailed -= failing;
            Sitter.HookFailed -= other;
        }
    }

    private void AssertTold(string name, SitState? state = null)
    {
        var (context, exception) = _failures.Single();
        Assert.Multiple(() =>
        {
            Assert.That(exception, Is.InstanceOf<NotSupportedException>().With.Message.EqualTo("hook"));
            Assert.That(context.Name, Is.EqualTo(name));
            Assert.That(state is null || context.State == state);
        });
    }

    private void Note(SitContext context, Exception exception)
    {
        lock (_failures)
        {
            _failures.Add((context, exception));
        }
    }
}

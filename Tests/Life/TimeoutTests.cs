using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>The time of a whole call: three seconds, for all methods here.</summary>
internal sealed class TimeoutTests : ControllerFixture
{
    [Test]
    [SetCulture("de-DE")]
    public void a_message_has_its_numbers_as_they_are_written_in_code() =>
        Assert.That(Sitters.Runtime.Execution.CallEnd.Seconds(TimeSpan.FromSeconds(1.5)), Is.EqualTo("1.5 s"));

    [Test]
    public async Task a_call_in_time_gives_its_result_and_runs_no_timeout_hook()
    {
        var subject = Set<Timed>();
        var call = subject.Work();

        Clock.Advance(2.999);
        Stage.OpenForGood("door");

        Assert.That(await call.InTime(), Is.EqualTo("done"));
        Clock.Advance(10);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "after", "finally", "completion" }));
    }

    [Test]
    public async Task a_call_out_of_time_ends_at_its_await_and_returns_default()
    {
        var subject = Set<Timed>();
        var call = subject.Work();

        Clock.Advance(2.999);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(0.001);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Has.None.EqualTo("after"));
    }

    [Test]
    public async Task the_finally_is_over_before_the_timeout_hooks_run_and_no_other_hook_runs()
    {
        var subject = Set<Timed>();
        var call = subject.Work();

        Clock.Advance(3);
        await call.InTime();

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "finally", "timeout" }));
    }

    [Test]
    public async Task the_context_says_that_and_when_the_call_timed_out()
    {
        var subject = Set<Timed>();
        var call = subject.Work();

        Clock.Advance(3);
        await call.InTime();

        Assert.Multiple(() =>
        {
            Assert.That(subject.States["timeout"], Is.EqualTo(SitState.TimedOut));
            Assert.That(subject.Context!.State, Is.EqualTo(SitState.TimedOut));
            Assert.That(subject.Context.Interrupt, Is.EqualTo(SitInterrupt.Timeout));
            Assert.That(subject.Context.StoppedAt - subject.Context.StartedAt, Is.EqualTo(TimeSpan.FromSeconds(3)));
        });
    }

    [Test]
    public async Task a_call_may_throw_a_timeout_exception_instead()
    {
        var subject = Set<Timed>();
        var call = subject.WorkOrThrow();

        Clock.Advance(3);

        var exception = await Failure<TimeoutException>(call);
        Assert.That(exception.Message, Does.Contain("AssemblyToProcess.Life.Timed.WorkOrThrow").And.Contain("3 s"));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "timeout" }));
    }

    [Test]
    public async Task methods_without_result_and_value_tasks_time_out_too()
    {
        var subject = Set<Timed>();
        var nothing = subject.WithoutResult();
        var value = subject.AsValueTask().AsTask();
        var valueless = subject.AsValueTaskWithoutResult().AsTask();

        Clock.Advance(3);

        await nothing.InTime();
        Assert.That(await value.InTime(), Is.Null);
        await valueless.InTime();
        Assert.That(Stage.Count("timeout"), Is.EqualTo(3));
    }

    [Test]
    public async Task a_call_that_does_not_flow_times_out_too()
    {
        var subject = Set<Timed>();
        var call = subject.WithoutFlow();

        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "finally", "timeout" }));
    }

    [Test]
    public async Task a_method_that_swallows_the_interrupt_has_timed_out_nevertheless()
    {
        var subject = Set<Timed>();
        var call = subject.Swallow();

        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "caught", "timeout" }));
    }

    [Test]
    public async Task a_timeout_that_was_swallowed_is_not_cached()
    {
        var subject = Set<Timed>();
        var call = subject.CachedSwallow();
        Clock.Advance(3);
        Assert.That(await call.InTime(), Is.Null);

        Stage.OpenForGood("door");

        Assert.That(await subject.CachedSwallow().InTime(), Is.EqualTo("late"));
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task an_exception_of_the_cleanup_itself_is_not_lost()
    {
        var subject = Set<Timed>();
        var call = subject.FailInCleanup();

        Clock.Advance(3);

        await Failure<ArithmeticException>(call);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "finally", "exception ArithmeticException" }));
    }

    [Test]
    public async Task awaits_in_the_cleanup_work_as_always()
    {
        var subject = Set<Timed>();
        var call = subject.CleanUpSlowly();

        Clock.Advance(3);
        await Stage.Said("cleaning");
        Assert.That(call.IsCompleted, Is.False);
        Stage.OpenForGood("cleanup");

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cleaning", "cleaned", "timeout" }));
    }

    [Test]
    public async Task a_cleanup_beyond_its_grace_is_left_behind_and_goes_on()
    {
        var subject = Set<Timed>();
        var call = subject.CleanUpSlowly();
        Clock.Advance(3);
        await Stage.Said("cleaning");

        Clock.Advance(1.999);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(0.001);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "cleaning", "timeout" }));
        Stage.OpenForGood("cleanup");
        await Stage.Said("cleaned");
    }

    [Test]
    public async Task await_using_disposes_before_the_timeout_hooks()
    {
        var subject = Set<Timed>();
        var call = subject.InUsing();

        Clock.Advance(3);
        await call.InTime();

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "disposing", "disposed", "timeout" }));
    }

    [Test]
    public async Task an_exception_filter_sees_the_interrupt_with_a_cancelled_token()
    {
        var subject = Set<Timed>();
        var call = subject.CatchFilter();

        Clock.Advance(3);
        await call.InTime();

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "filter", "timeout" }));
    }

    [Test]
    public async Task busy_code_is_never_torn_apart_and_ends_at_its_next_await()
    {
        var subject = Set<Timed>();
        var call = subject.BusyThenAwait();
        var opening = Task.Run(() => Stage.OpenForGood("door"));
        await Stage.Said("busy");

        Clock.Advance(3);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "busy" }));
        subject.Busy.Set();

        Assert.That(await call.InTime(), Is.Null);
        await opening;
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "busy", "after busy", "finally", "timeout" }));
    }

    [Test]
    public async Task a_result_that_no_await_stands_before_any_more_counts()
    {
        var subject = Set<Timed>();
        var call = subject.BusyToTheEnd();
        var opening = Task.Run(() => Stage.OpenForGood("door"));
        await Stage.Said("busy");

        Clock.Advance(3);
        subject.Busy.Set();

        Assert.That(await call.InTime(), Is.EqualTo("done"));
        await opening;
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "busy", "completion" }));
    }

    [Test]
    public async Task a_token_parameter_fires_at_the_timeout()
    {
        var subject = Set<Timed>();
        var call = subject.WithToken(CancellationToken.None);
        Assert.That(subject.Token.IsCancellationRequested, Is.False);

        Clock.Advance(3);
        await call.InTime();

        Assert.That(subject.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task a_nullable_token_parameter_gets_a_token_too_where_the_caller_gives_none()
    {
        var subject = Set<Timed>();
        var call = subject.WithNullableToken(null);
        Assert.That(subject.Token.CanBeCanceled, Is.True);

        Clock.Advance(3);
        await call.InTime();

        Assert.That(subject.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task the_time_of_startup_hooks_counts_and_a_body_out_of_time_never_starts()
    {
        var subject = Set<Timed>();
        var call = subject.StartSlowly();

        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "timeout" }));
    }

    [Test]
    public async Task the_wait_between_two_attempts_counts()
    {
        var subject = Set<Timed>();
        var call = subject.FailThenWait();
        await Clock.WhenArmed(5);

        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "retry", "timeout" }));
    }

    [Test]
    public async Task the_time_of_retry_hooks_counts()
    {
        var subject = Set<Timed>();
        var call = subject.FailThenAsk();
        await Stage.Said("retrying");

        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "retry", "retrying", "retry interrupted", "timeout" }));
    }

    [Test]
    public async Task all_attempts_together_count()
    {
        var subject = Set<Timed>();
        var call = subject.FailSlowly();
        for (var wait = 1; wait <= 3; wait++)
        {
            await Clock.WhenArmed(1, wait);
            Clock.Advance(1);
        }

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines[^1], Is.EqualTo("timeout"));
        Assert.That(Stage.Lines, Has.None.StartsWith("exception"));
    }

    [Test]
    public async Task the_timeout_exception_holds_the_failure_of_the_last_attempt()
    {
        var subject = Set<Timed>();
        var call = subject.FailThenHang();
        await Stage.Said("body", 2);

        Clock.Advance(3);

        var exception = await Failure<TimeoutException>(call);
        Assert.That(exception.InnerException, Is.InstanceOf<ArgumentException>().With.Message.EqualTo("attempt"));
    }

    [Test]
    public async Task a_call_that_never_suspends_arms_no_timer()
    {
        Assert.That(await Set<Ending>().AtOnce(4).InTime(), Is.EqualTo(4));

        Assert.That(Clock.Waits, Is.Empty);
    }

    [Test]
    public async Task what_was_left_behind_fails_unnoticed()
    {
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.AddRange(
            e.Exception.InnerExceptions.Where(inner => inner.Message == "too late"));
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await LeaveBehind();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.That(unobserved, Is.Empty);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        async Task LeaveBehind()
        {
            var subject = Set<Timed>();
            var call = subject.Work();
            Clock.Advance(3);
            await call.InTime();
            Stage.Fail("door", new InvalidOperationException("too late"));
        }
    }
}

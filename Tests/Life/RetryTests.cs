using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>Attempts by [Sit]'s own settings.</summary>
internal sealed class RetryTests : ControllerFixture
{
    [Test]
    public async Task without_a_setting_there_is_one_attempt()
    {
        var subject = Set<Flaky>();

        var exception = await Failure<ArgumentException>(subject.Once());

        Assert.That(exception, Is.SameAs(subject.Thrown));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "exception ArgumentException" }));
    }

    [Test]
    public async Task one_attempt_is_one_attempt()
    {
        var subject = Set<Flaky>();

        await Failure<ArgumentException>(subject.OneAttempt());

        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_success_is_not_retried()
    {
        var subject = Stage.Set(new Flaky { Failures = 0 });

        Assert.That(await subject.Five().InTime(), Is.EqualTo(1));

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "completion" }));
    }

    [Test]
    public async Task a_method_that_succeeds_in_the_end_gives_its_result_and_runs_no_exception_hook()
    {
        var subject = Stage.Set(new Flaky { Failures = 4 });

        Assert.That(await subject.Five().InTime(), Is.EqualTo(5));

        Assert.That(Stage.Lines, Is.EqualTo(
            new[] { "startup", "body", "retry", "body", "retry", "body", "retry", "body", "retry", "body", "completion" }));
    }

    [Test]
    public async Task a_method_that_always_fails_gives_its_last_exception_unwrapped_and_runs_the_exception_hooks_once()
    {
        var subject = Set<Flaky>();

        var exception = await Failure<ArgumentException>(subject.Five());

        Assert.Multiple(() =>
        {
            Assert.That(exception, Is.SameAs(subject.Thrown));
            Assert.That(exception.Message, Is.EqualTo("attempt 5"));
            Assert.That(exception.StackTrace, Does.Contain("Flaky.TryAtOnce").And.Contain("Flaky.Five"));
            Assert.That(Stage.Count("body"), Is.EqualTo(5));
            Assert.That(Stage.Count("retry"), Is.EqualTo(4));
            Assert.That(Stage.Lines[^1], Is.EqualTo("exception ArgumentException"));
            Assert.That(Stage.Lines, Has.One.StartsWith("exception"));
        });
    }

    [Test]
    public async Task a_failure_before_the_first_await_is_retried_the_same()
    {
        var subject = Stage.Set(new Flaky { Failures = 2 });

        Assert.That(await subject.FiveSynchronously().InTime(), Is.EqualTo(3));
    }

    [Test]
    public async Task an_exception_of_a_method_that_is_not_async_is_retried_the_same()
    {
        var subject = Stage.Set(new Flaky { Failures = 2 });

        Assert.That(await subject.FiveNotAsync().InTime(), Is.EqualTo(3));
    }

    [Test]
    public async Task a_failed_task_of_a_method_that_is_not_async_is_retried_the_same()
    {
        var subject = Stage.Set(new Flaky { Failures = 2 });

        Assert.That(await subject.FiveOfTask().InTime(), Is.EqualTo(3));
    }

    [Test]
    public async Task a_call_that_does_not_flow_is_retried_the_same()
    {
        var subject = Stage.Set(new Flaky { Failures = 2 });

        Assert.That(await subject.WithoutFlow().AsTask().InTime(), Is.EqualTo(3));
        Assert.That(subject.Attempts, Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [Test]
    public async Task a_failure_in_one_of_several_tasks_retries_the_whole()
    {
        var subject = Stage.Set(new Flaky { Failures = 2 });

        await subject.InParallel().InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(3));
    }

    [Test]
    public async Task null_is_a_result_like_any_other()
    {
        var subject = Set<Flaky>();

        Assert.That(await subject.Null().InTime(), Is.Null);

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "completion" }));
    }

    [Test]
    public async Task the_context_counts_the_attempts()
    {
        var subject = Stage.Set(new Flaky { Failures = 2 });

        await subject.Five().InTime();

        Assert.That(subject.Attempts, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(subject.Context!.Attempt, Is.EqualTo(3));
    }

    [Test]
    public async Task a_retry_hook_sees_the_failure()
    {
        var subject = Stage.Set(new Flaky { Failures = 2 });

        await subject.Seen().InTime();

        Assert.That(subject.SeenByHook.Select(exception => exception?.Message), Is.EqualTo(new[] { "attempt 1", "attempt 2" }));
    }

    [Test]
    public async Task retry_hooks_have_ended_before_the_wait_begins()
    {
        var subject = Stage.Set(new Flaky { Failures = 1 });
        var call = subject.SlowHook();
        await Stage.Said("slow");
        Assert.That(Clock.Waits, Is.Empty);

        Stage.OpenForGood("door");
        await Clock.WhenArmed(10);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "retry", "slow", "slow ended" }));
        Clock.Advance(10);

        await call.InTime();
    }

    [Test]
    public async Task each_attempt_is_on_the_TaskScheduler_of_the_caller([Values] bool restarts)
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var subject = Stage.Set(new Flaky { Place = () => TaskScheduler.Current == scheduler ? "on it" : "elsewhere" });

        Func<Task> call = restarts ? subject.RestartsOnce : subject.FailsOnce;
        await Task.Factory.StartNew(call, default, TaskCreationOptions.None, scheduler).Unwrap().InTime();

        Assert.That(subject.Places, Is.EqualTo(Enumerable.Repeat("on it", 4)));
    }

    [Test]
    public async Task an_attempt_after_one_that_left_the_TaskScheduler_of_the_caller_is_on_it()
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var subject = Stage.Set(new Flaky { Place = () => TaskScheduler.Current == scheduler ? "on it" : "elsewhere" });

        var call = Task.Factory.StartNew(subject.LeavesItsContext, default, TaskCreationOptions.None, scheduler).Unwrap();
        await Stage.Reached("work");
        Stage.OpenForGood("work");
        await call.InTime();

        Assert.That(subject.Places, Is.EqualTo(Enumerable.Repeat("on it", 4)));
    }

    [Test]
    public async Task an_attempt_after_one_that_was_left_behind_is_on_the_TaskScheduler_of_the_caller()
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var subject = Stage.Set(new Flaky { Place = () => TaskScheduler.Current == scheduler ? "on it" : "elsewhere" });

        var call = Task.Factory.StartNew(subject.HangsOnce, default, TaskCreationOptions.None, scheduler).Unwrap();
        await Stage.Reached("work");
        Clock.Advance(10);
        await Stage.Reached("cleanup");
        await Clock.WhenArmed(5);
        Clock.Advance(5);
        await call.InTime();
        Stage.Open("cleanup");

        Assert.That(subject.Places, Is.EqualTo(Enumerable.Repeat("on it", 4)));
    }

    [Test]
    public async Task the_next_attempt_waits_for_its_time()
    {
        var subject = Stage.Set(new Flaky { Failures = 1 });
        var call = subject.Slow();
        await Clock.WhenArmed(10);

        Clock.Advance(9.999);
        Assert.That(Stage.Count("body"), Is.EqualTo(1));
        Clock.Advance(0.001);

        Assert.That(await call.InTime(), Is.EqualTo(2));
    }

    [Test]
    public async Task constant_waits_stay()
    {
        var call = Set<Flaky>().Constant();

        await Clock.RunUntilEnd(call);

        await Failure<ArgumentException>(call);
        Assert.That(Clock.Waits, Is.EqualTo(new[] { 2.0, 2, 2 }));
    }

    [Test]
    public async Task linear_waits_grow_by_the_first()
    {
        var call = Set<Flaky>().Linear();

        await Clock.RunUntilEnd(call);

        await Failure<ArgumentException>(call);
        Assert.That(Clock.Waits, Is.EqualTo(new[] { 2.0, 4, 6 }));
    }

    [Test]
    public async Task exponential_waits_double()
    {
        var call = Set<Flaky>().Exponential();

        await Clock.RunUntilEnd(call);

        await Failure<ArgumentException>(call);
        Assert.That(Clock.Waits, Is.EqualTo(new[] { 2.0, 4, 8, 16 }));
    }

    [Test]
    public async Task no_wait_is_longer_than_the_longest()
    {
        var call = Set<Flaky>().Limited();

        await Clock.RunUntilEnd(call);

        await Failure<ArgumentException>(call);
        Assert.That(Clock.Waits, Is.EqualTo(new[] { 2.0, 4, 5, 5 }));
    }

    [Test]
    public async Task exponential_waits_do_not_overflow()
    {
        var subject = Set<Flaky>();
        var call = subject.Long();

        await Clock.RunUntilEnd(call);

        await Failure<ArgumentException>(call);
        Assert.That(Stage.Count("body"), Is.EqualTo(2000));
        Assert.That(Clock.Waits.Max(), Is.EqualTo(60));
    }

    [Test]
    public async Task jitter_spreads_the_waits_around_the_delay()
    {
        var call = Set<Flaky>().Jitter();

        await Clock.RunUntilEnd(call);

        await Failure<ArgumentException>(call);
        Assert.Multiple(() =>
        {
            Assert.That(Clock.Waits, Has.Count.EqualTo(19));
            Assert.That(Clock.Waits, Is.All.InRange(6, 10));
            Assert.That(Clock.Waits.Distinct().Count(), Is.GreaterThan(1));
        });
    }

    [Test]
    public async Task the_callers_cancellation_is_not_retried()
    {
        var subject = Set<Flaky>();
        using var source = new CancellationTokenSource();
        var call = subject.Cancels(source.Token);

        await source.CancelAsync();

        var exception = await Failure<OperationCanceledException>(call);
        Assert.That(exception.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_cancellation_of_the_methods_own_is_not_retried()
    {
        var subject = Set<Flaky>();

        await Failure<OperationCanceledException>(subject.CancelsItself());

        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_cancellation_of_the_methods_own_is_retried_where_it_is_asked_for()
    {
        var subject = Set<Flaky>();

        await Failure<OperationCanceledException>(subject.RetriesCancellation());

        Assert.That(Stage.Count("body"), Is.EqualTo(3));
    }

    [TestCase(typeof(Exception), 1)]
    [TestCase(typeof(InvalidOperationException), 1)]
    [TestCase(typeof(E0), 2)]
    [TestCase(typeof(E0S), 2)]
    [TestCase(typeof(E1), 1)]
    [TestCase(typeof(E1S), 1)]
    [TestCase(typeof(E2), 1)]
    [TestCase(typeof(E2S), 1)]
    public async Task only_what_is_listed_is_retried_and_what_aborts_wins(Type exception, int runs)
    {
        var subject = Set<Flaky>();

        await subject.RetryE0E2AbortE1((Exception)Activator.CreateInstance(exception)!).EndInTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(runs));
    }

    [TestCase(typeof(Exception), 2)]
    [TestCase(typeof(InvalidOperationException), 2)]
    [TestCase(typeof(E0), 1)]
    [TestCase(typeof(E0S), 1)]
    [TestCase(typeof(E1), 1)]
    [TestCase(typeof(E2), 1)]
    public async Task what_aborts_wins_over_a_list_of_everything(Type exception, int runs)
    {
        var subject = Set<Flaky>();

        await subject.RetryAllAbortE0E2((Exception)Activator.CreateInstance(exception)!).EndInTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(runs));
    }

    [TestCase(typeof(InvalidOperationException), 4)]
    [TestCase(typeof(E0), 1)]
    [TestCase(typeof(E2S), 1)]
    public async Task without_a_list_everything_but_what_aborts_is_retried(Type exception, int runs)
    {
        var subject = Set<Flaky>();

        await subject.AbortE0((Exception)Activator.CreateInstance(exception)!).EndInTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(runs));
    }

    [Test]
    public async Task a_cancel_in_the_wait_between_two_attempts_cancels_and_the_old_failure_does_not_come_up()
    {
        var subject = Set<Flaky>();
        var call = subject.Slow();
        await Clock.WhenArmed(10);

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "retry", "cancellation" }));
    }

    [Test]
    public async Task a_restart_in_the_wait_between_two_attempts_starts_again_from_the_first()
    {
        var subject = Stage.Set(new Flaky { Failures = 1 });
        var call = subject.Slow();
        await Clock.WhenArmed(10);

        Sitter.Restart();

        Assert.That(await call.InTime(), Is.EqualTo(2));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "retry", "restart", "startup", "body", "completion" }));
        Assert.That(subject.Attempts, Is.EqualTo(new[] { 1, 1 }));
    }
}

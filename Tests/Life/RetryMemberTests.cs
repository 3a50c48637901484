using AssemblyToProcess.Life;
using Polly.Timeout;
using Sitters;

namespace Tests.Life;

/// <summary>Attempts by the user's own Polly objects, used as they are.</summary>
internal sealed class RetryMemberTests : ControllerFixture
{
    [Test]
    public async Task what_a_member_throws_is_the_failure_of_the_call()
    {
        var call = Set<RetriedByUser>().ByMissing();

        await Assert.ThrowsAsync<KeyNotFoundException>(() => call.InTime());
        Assert.That(Stage.Story, Is.EqualTo("exception KeyNotFoundException"));
    }

    [Test]
    public async Task a_member_of_the_instance_is_read_on_the_TaskScheduler_of_the_caller()
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var subject = Stage.Set(new RetriedByUser { Place = () => TaskScheduler.Current == scheduler ? "on it" : "elsewhere" });
        Stage.OpenForGood("work");

        var call = Task.Factory.StartNew(subject.ByStateOfTheInstance, default, TaskCreationOptions.None, scheduler).Unwrap();
        await Stage.Reached("hook");
        Stage.Open("hook");
        await call.InTime();

        Assert.That(Stage.Story, Is.EqualTo("on it"));
    }

    [Test]
    public async Task strategy_options_retry_as_often_as_they_say()
    {
        var subject = Set<RetriedByUser>();

        var exception = await Failure<ArgumentException>(subject.ByStrategy());

        Assert.That(exception.Message, Is.EqualTo("attempt 3"));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "retry", "body", "retry", "body", "exception ArgumentException" }));
        Assert.That(subject.Attempts, Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [Test]
    public async Task strategy_options_of_an_instance_wait_on_the_sitters_clock_and_keep_their_own_handler()
    {
        var subject = Stage.Set(new RetriedByUser { Failures = 2 });

        var call = subject.ByOwnStrategy();
        await Clock.RunUntilEnd(call);
        Assert.That(await call, Is.EqualTo(3));

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "retry", "own retry", "body", "retry", "own retry", "body" }));
        Assert.That(Clock.Waits, Is.EqualTo(new[] { 4.0, 4 }));
    }

    [Test]
    public async Task each_instance_has_the_strategy_that_it_holds()
    {
        var once = Set<RetriedByUser>();
        once.OwnStrategy.MaxRetryAttempts = 1;
        var four = OtherStage.Set(new RetriedByUser());
        four.OwnStrategy.MaxRetryAttempts = 4;
        var calls = new[] { once.ByOwnStrategy(), four.ByOwnStrategy() };

        await Clock.RunUntilEnd(Task.WhenAll(calls));

        await Failure<ArgumentException>(calls[0]);
        await Failure<ArgumentException>(calls[1]);
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
        Assert.That(OtherStage.Count("body"), Is.EqualTo(5));
    }

    [Test]
    public async Task typed_strategy_options_may_judge_the_result()
    {
        Assert.That(await Set<RetriedByUser>().ByTypedStrategy().InTime(), Is.EqualTo(4));
    }

    [Test]
    public async Task a_typed_pipeline_may_judge_the_result_and_retry_hooks_run_for_each_further_attempt()
    {
        var subject = Set<RetriedByUser>();

        Assert.That(await subject.ByTypedPipeline().AsTask().InTime(), Is.EqualTo(3));

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "retry", "body", "retry", "body" }));
    }

    [Test]
    public async Task a_pipeline_may_come_from_a_method()
    {
        var subject = Set<RetriedByUser>();

        await Failure<ArgumentException>(subject.ByPipelineOfMethod());

        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task a_pipeline_with_a_timeout_ends_the_body_at_its_await()
    {
        var subject = Set<RetriedByUser>();
        var call = subject.ByPipelineWithTimeout();
        await Clock.WhenArmed(2);

        Clock.Advance(2);

        await Failure<TimeoutRejectedException>(call);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "finally" }));
    }

    [Test]
    public async Task a_pipeline_with_a_fallback_completes_the_call()
    {
        var subject = Set<RetriedByUser>();

        Assert.That(await subject.ByFallback().InTime(), Is.EqualTo(99));

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "completion" }));
    }

    [Test]
    public async Task a_pipeline_that_does_nothing_runs_the_body_once()
    {
        var subject = Set<RetriedByUser>();

        var exception = await Failure<ArgumentException>(subject.ByEmptyPipeline());

        Assert.That(exception.Message, Is.EqualTo("attempt 1"));
    }

    [Test]
    public async Task a_member_that_is_null_is_an_error_that_names_the_method()
    {
        var subject = Set<RetriedByUser>();

        var exception = await Failure<InvalidOperationException>(subject.ByNull());

        Assert.That(exception.Message, Does.Contain("AssemblyToProcess.Life.RetriedByUser.ByNull"));
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "exception InvalidOperationException" }));
    }

    [Test]
    public async Task an_attempt_out_of_time_is_a_failure_to_the_users_strategy_too()
    {
        var subject = Set<RetriedByUser>();
        var call = subject.ByStrategyWithAttemptTimeout();
        await Clock.WhenArmed(2);

        Clock.Advance(2);

        Assert.That(await call.InTime(), Is.EqualTo(2));
    }

    [Test]
    public async Task a_cancel_is_not_retried_by_the_users_strategy_either()
    {
        var subject = Set<RetriedByUser>();
        var call = subject.Cancelled();

        Sitter.Cancel();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Lines, Is.EqualTo(new[] { "body", "cancellation" }));
    }
}

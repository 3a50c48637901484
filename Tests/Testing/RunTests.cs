using AssemblyToProcess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Sitters;
using Sitters.Testing;

namespace Tests.Testing;

/// <summary>How <see cref="SitTest"/> runs a call to its end.</summary>
internal sealed class RunTests : SitTestFixture
{
    [Test]
    public async Task the_waits_between_attempts_pass_at_once()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = FailingTimes(2);

        var answer = await test.Run(subject.Retried).InTime();

        Assert.That(answer, Is.EqualTo("answer"));
        Assert.That(subject.Asked, Is.EqualTo(3));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(20)));
    }

    [Test]
    public async Task so_do_those_of_a_strategy_of_the_users()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = FailingTimes(2);

        await test.Run(subject.RetriedByStrategy).InTime();

        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(20)));
        Assert.That(test.Events.OfType<CallRetrying>().Select(retry => retry.Exception!.Message), Is.EqualTo(new[] { "failure 1", "failure 2" }));
    }

    [Test]
    public async Task a_delay_on_the_tests_clock_passes_at_once()
    {
        using var test = SitTest.Begin(Patient);

        Assert.That(await test.Run(() => In(test).Sleeping(2)).InTime(), Is.EqualTo("slept"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task a_limit_that_comes_before_the_end_of_such_a_delay_ends_it_at_once()
    {
        using var test = SitTest.Begin(Patient);

        Assert.That(await test.Run(() => In(test).Sleeping(4)).InTime(), Is.Null);
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(test.Calls.Single().State, Is.EqualTo(SitState.TimedOut));
    }

    [Test]
    public async Task delays_in_helpers_one_after_the_other_pass_at_once()
    {
        using var test = SitTest.Begin(Patient);

        Assert.That(await test.Run(() => In(test).SleepingInTurns(50)).InTime(), Is.EqualTo(50));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(50)));
    }

    [Test]
    public async Task delays_side_by_side_pass_together()
    {
        using var test = SitTest.Begin(Patient);

        Assert.That(await test.Run(In(test).SleepingSideBySide).InTime(), Is.EqualTo("slept"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task the_ticks_of_a_periodic_timer_come_at_once()
    {
        using var test = SitTest.Begin(Patient);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), test.Clock);

        Assert.That(await test.Run(() => In(test).Ticking(timer)).InTime(), Is.EqualTo(4));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(8)));
    }

    [Test]
    public async Task a_pause_with_an_end_passes_at_once_and_the_limit_stands_still_meanwhile()
    {
        using var test = SitTest.Begin(Patient);
        test.Scope.Pause(new SitControl { For = TimeSpan.FromHours(1) });

        Assert.That(await test.Run(() => In(test).Sleeping(2)).InTime(), Is.EqualTo("slept"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task something_that_hangs_is_ended_by_its_limit()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);
        subject.Ask = Never();

        Assert.That(await test.Run(subject.Limited).InTime(), Is.Null);
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task so_is_an_attempt_that_hangs_and_the_next_one_begins()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);
        subject.Ask = () => subject.Asked == 1 ? new TaskCompletionSource<string>().Task : Task.FromResult("answer");

        Assert.That(await test.Run(subject.LimitedAttempts).InTime(), Is.EqualTo("answer"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task something_real_is_waited_for_and_no_limit_ends_it()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = RealThing;

        Assert.That(await test.Run(subject.Limited).InTime(), Is.EqualTo("real"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task so_is_a_server_that_takes_its_time_to_answer()
    {
        await using var server = WebApplication(async () =>
        {
            await Task.Delay(300);
            return "real";
        });
        await server.StartAsync();
        using var client = server.GetTestClient();
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = () => client.GetStringAsync(new Uri("/", UriKind.Relative));

        Assert.That(await test.Run(subject.Limited).InTime(), Is.EqualTo("real"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task so_it_is_in_a_method_that_is_not_async()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = RealThing;

        Assert.That(await test.Run(subject.NotAsync).InTime(), Is.EqualTo("real"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase(nameof(Rehearsed.Racing))]
    [TestCase(nameof(Rehearsed.LimitedByWaitAsync))]
    public async Task a_race_of_something_real_against_the_clock_is_won_by_the_real_thing(string method)
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = RealThing;
        Func<Task<string>> race = method == nameof(Rehearsed.Racing) ? subject.Racing : subject.LimitedByWaitAsync;

        Assert.That(await test.Run(race).InTime(), Is.EqualTo("real"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task one_call_that_waits_for_something_real_keeps_the_time_of_another_from_passing()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = RealThing;
        Task<string?>? slept = null;
        Task<string?>? asked = null;

        await test.Run(async () =>
        {
            slept = subject.Sleeping(2);
            asked = subject.Limited();
            await asked;
            Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
            await slept;
        }).InTime();

        Assert.That(asked!.Result, Is.EqualTo("real"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task a_method_that_awaits_something_real_waits_for_that_whatever_it_has_started_beside_it()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = async () =>
        {
            await RealThing();
            return $"real after {test.Elapsed}";
        };

        Assert.That(await test.Run(subject.AskingBesideASleeper).InTime(), Is.EqualTo("real after 00:00:00, cut off"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task the_clock_stands_still_while_code_of_a_call_runs()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);
        subject.Ask = () =>
        {
            Work();
            return Task.FromResult($"{test.Elapsed}");
        };

        Assert.That(await test.Run(() => Task.Run(subject.Limited)).InTime(), Is.EqualTo($"{TimeSpan.Zero}"));
    }

    [Test]
    public async Task the_clock_stands_still_while_the_test_itself_runs()
    {
        using var test = SitTest.Begin(Impatient);
        var running = test.Run(() => In(test).Sleeping(2));

        Work();
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));

        await running.InTime();
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void a_test_that_blocks_its_thread_gets_the_outcome_too()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = FailingTimes(5);

        Assert.That(Assert.Throws<ArithmeticException>(() => test.Run(subject.Retried).GetAwaiter().GetResult())!.Message, Is.EqualTo("failure 3"));
    }

    [Test]
    public async Task an_exception_comes_through_as_it_is()
    {
        using var test = SitTest.Begin();
        var subject = In(test);
        var failure = new ArithmeticException();
        subject.Ask = () => Task.FromException<string>(failure);

        var running = test.Run(subject.Unlimited);
        await running.EndInTime();

        Assert.That(running.Exception!.InnerExceptions, Is.EqualTo(new[] { failure }));
        Assert.That(running.Failure(), Is.SameAs(failure));
    }

    [Test]
    public async Task a_timeout_that_throws_is_a_TimeoutException_and_a_cancel_an_OperationCanceledException()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);
        subject.Ask = Never();
        var timedOut = test.Run(subject.LimitedOrThrow);
        await timedOut.EndInTime();

        var cancelled = test.Run(async () =>
        {
            var call = subject.Unlimited();
            test.Scope.Cancel();
            return await call;
        });
        await cancelled.EndInTime();

        Assert.That(timedOut.Failure(), Is.InstanceOf<TimeoutException>());
        Assert.That(cancelled.Failure(), Is.InstanceOf<OperationCanceledException>());
        Assert.That(test.Calls.Select(call => call.State), Is.EqualTo(new[] { SitState.TimedOut, SitState.Cancelled }));
    }

    [Test]
    public async Task value_tasks_tasks_without_a_result_streams_and_tasks_that_run_already_are_run_too()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);

        string? fromValueTask = await test.Run(() => subject.LimitedValueTask()).InTime();
        await test.Run(() => subject.LimitedWithoutResult()).InTime();
        await test.Run(async () => { await subject.Limited(); }).InTime();
        var begun = subject.Sleeping(1);
        string? ofBegun = await test.Run(begun).InTime();
        await test.Run((Task)begun).InTime();
        IReadOnlyList<int> elements = await test.Run(() => subject.Counting()).InTime();

        Assert.That(fromValueTask, Is.EqualTo("answer"));
        Assert.That(ofBegun, Is.EqualTo("slept"));
        Assert.That(elements, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(181)));
    }

    [Test]
    public async Task the_steps_of_a_stream_pass_at_once()
    {
        using var test = SitTest.Begin(Patient);

        Assert.That(await test.Run(() => In(test).Counting()).InTime(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task a_cache_expires_by_the_tests_clock()
    {
        using var test = SitTest.Begin();
        var subject = In(test);

        await test.Run(() => subject.Cached(1)).InTime();
        await test.Run(() => subject.Cached(1)).InTime();
        Assert.That(subject.Asked, Is.EqualTo(1));
        test.Clock.Advance(TimeSpan.FromSeconds(61));
        await test.Run(() => subject.Cached(1)).InTime();

        Assert.That(subject.Asked, Is.EqualTo(2));
        Assert.That(test.Events.OfType<CacheRead>().Select(read => read.IsHit), Is.EqualTo(new[] { false, true, false }));
    }

    [Test]
    public async Task on_a_context_with_one_thread_it_is_the_same()
    {
        using var context = new SingleThread();
        var elapsed = await context.Run(async () =>
        {
            using var test = SitTest.Begin(Patient);
            var subject = In(test);
            subject.Ask = FailingTimes(2);
            await test.Run(subject.Retried);
            await test.Run(() => subject.SleepingInTurns(20));
            return test.Elapsed;
        }).InTime();

        Assert.That(await elapsed.InTime(), Is.EqualTo(TimeSpan.FromSeconds(1220)));
    }

    [Test]
    public async Task two_calls_that_are_run_at_once_share_the_clock()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);

        await Task.WhenAll(test.Run(() => subject.SleepingInTurns(10)), test.Run(() => subject.Sleeping(2))).InTime();

        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task requests_of_a_host_that_is_set_up_in_the_test_are_in_it()
    {
        using var test = SitTest.Begin(Patient);
        var subject = In(test);
        subject.Ask = FailingTimes(2);

        // With all that hosts have by default: its watcher of files keeps a thread in the flow of the test.
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSitters();
        await using var application = builder.Build();
        application.MapGet("/", subject.Retried);
        await application.StartAsync();

        Assert.That(await test.Run(() => application.GetTestClient().GetStringAsync("/")).InTime(), Is.EqualTo("answer"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(20)));
    }

    [Test]
    public async Task requests_of_a_host_from_before_are_in_the_test_where_the_server_brings_its_flow()
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSitters();
        await using var application = builder.Build();
        Rehearsed? subject = null;
        application.MapGet("/", () => subject!.Retried());
        await application.StartAsync();
        application.GetTestServer().PreserveExecutionContext = true;

        using var test = SitTest.Begin(Patient);
        subject = In(test);
        subject.Ask = FailingTimes(2);

        Assert.That(await test.Run(() => application.GetTestClient().GetStringAsync("/")).InTime(), Is.EqualTo("answer"));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(20)));
    }

    [Test]
    public async Task code_that_returns_no_task_is_told()
    {
        using var test = SitTest.Begin(Patient);

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Run(() => (Task)null!));
    }

    private static WebApplication WebApplication(Func<Task<string>> answer)
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        var application = builder.Build();
        application.MapGet("/", answer);
        return application;
    }

    /// <summary>Takes a time that no clock of a test knows.</summary>
    private static async Task<string> RealThing()
    {
        await Task.Delay(50);
        return "real";
    }

    /// <summary>Keeps this thread busy: long enough for several looks at it.</summary>
    private static void Work()
    {
        for (var turns = 0; turns < 20; turns++)
        {
            var isOver = false;
            ThreadPool.UnsafeQueueUserWorkItem(_ => Volatile.Write(ref isOver, true), null);
            while (!Volatile.Read(ref isOver))
            {
                Thread.SpinWait(100);
            }
        }
    }
}

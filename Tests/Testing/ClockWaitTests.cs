using Sitters;
using Sitters.Testing;

namespace Tests.Testing;

/// <summary>What waits for nothing but the clock of its test goes on at once.</summary>
internal sealed class ClockWaitTests : SitTestFixture
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
}

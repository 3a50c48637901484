using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Life;

/// <summary>A limit of three seconds ends a call that never suspends, at its next await.</summary>
internal sealed class LimitTests : ControllerFixture
{
    private Limited Subject { get; set; } = null!;

    [SetUp]
    public void SetTheSubject() => Subject = Set<Limited>();

    [TearDown]
    public void StopTheSubject() => Subject.Stop();

    [Test]
    public Task a_loop_of_awaits_that_have_all_completed_is_ended_by_the_limit() => TimesOut(Subject.SpinItself, "body, finally");

    [Test]
    public Task so_is_one_in_a_call_that_does_not_flow() => TimesOut(Subject.SpinWithoutFlow, "body");

    [Test]
    public Task so_is_one_in_a_method_that_is_not_async() => TimesOut(Subject.Spin, "body, timeout");

    [Test]
    public Task so_is_one_in_a_helper() => TimesOut(Subject.SpinInHelper, "body");

    [Test]
    public Task so_is_one_in_an_inner_call_without_limits() => TimesOut(Subject.SpinInInnerCall, "body, cancellation");

    [Test]
    public Task so_is_one_of_inner_calls_that_all_complete() => TimesOut(Subject.SpinInCallsThatComplete, "body");

    [Test]
    public async Task a_startup_hook_that_never_suspends_is_ended_too()
    {
        var call = Task.Run(Subject.SpinBefore);
        await Stage.Said("startup");

        Clock.Advance(3);

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task an_attempt_that_never_suspends_is_ended_and_retried()
    {
        var call = Task.Run(Subject.SpinInTwoAttempts);
        await Stage.Said("attempt 1");
        Clock.Advance(3);
        await Stage.Said("attempt 2");
        Clock.Advance(3);

        await Ends(call, 3, "attempt 1, retry, attempt 2, retry, attempt 3");
    }

    [Test]
    public async Task so_is_one_without_flow()
    {
        var call = Task.Run(Subject.SpinInFirstAttemptWithoutFlow);
        await Stage.Said("body");

        Clock.Advance(3);

        await Ends(call, "second attempt", "body, body");
    }

    [Test]
    public async Task an_element_of_a_stream_that_never_suspends_is_ended()
    {
        await using var elements = Subject.SpinForSecond().GetAsyncEnumerator();
        Assert.That(await elements.MoveNextAsync(), Is.True);
        var second = Task.Run(async () => await elements.MoveNextAsync());
        await Stage.Said("second");

        Clock.Advance(3);

        await Failure<TimeoutException>(second);
    }

    [Test]
    public Task a_limit_that_passes_before_the_first_await_ends_that_await() => EndsAtFirstAwait(Subject.TakeTooLongForOnce);

    [Test]
    public Task so_it_does_without_flow() => EndsAtFirstAwait(Subject.TakeTooLongForOnceWithoutFlow);

    [Test]
    public Task so_it_does_in_a_helper() => EndsAtFirstAwait(Subject.TakeTooLongForOnceInHelper);

    [Test]
    public async Task so_does_the_limit_of_an_attempt()
    {
        Stage.When("body", () => Clock.Advance(3));

        var call = Subject.TakeTooLongForOneAttempt();

        await Ends(call, null, "body, body");
    }

    [Test]
    public async Task time_spent_paused_does_not_count_for_a_call_that_has_not_suspended_before()
    {
        Sitter.Pause();
        Stage.When("body", Sitter.Pause);
        Sitter.Resume();
        var call = Subject.TakeTooLongForOnce();
        Clock.Advance(10);
        Assert.That(call.IsCompleted, Is.False);

        Sitter.Resume();

        await Ends(call, "not interrupted", "body, after");
    }

    /// <summary>The watch is by real time, however the clock is moved.</summary>
    [Test]
    public async Task a_limit_by_the_systems_clock_does_so_although_the_thread_pool_is_busy()
    {
        Sitter.TimeProvider = TimeProvider.System;
        ThreadPool.GetMinThreads(out var workers, out _);
        using var release = new ManualResetEventSlim();
        var blocked = Enumerable.Range(0, workers * 4).Select(_ => Task.Run(release.Wait)).ToArray();
        try
        {
            var call = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var thread = new Thread(() => call.SetResult(Subject.SpinItself().GetAwaiter().GetResult())) { IsBackground = true };

            thread.Start();
            Assert.That(thread.Join(Stage.Patience), Is.True);
        }
        finally
        {
            release.Set();
            await Task.WhenAll(blocked);
        }

        Assert.That(Stage.Story, Is.EqualTo("body, finally"));
    }

    private async Task TimesOut(Func<Task<string?>> method, string story)
    {
        var call = Task.Run(method);
        await Stage.Said("body");

        Clock.Advance(3);

        await Ends(call, null, story);
    }

    private async Task EndsAtFirstAwait(Func<Task<string?>> method)
    {
        Stage.When("body", () => Clock.Advance(3));

        await Ends(method(), null, "body");
    }
}

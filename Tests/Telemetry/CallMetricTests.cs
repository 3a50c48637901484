using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Telemetry;

/// <summary>What the meter is told of calls: how many begin, are active and paused, and how they end.</summary>
internal sealed class CallMetricTests : ControllerFixture
{
    private static IEnumerable<TestCaseData> Endings =>
    [
        Ending("completion", nameof(Told.Work), async test =>
        {
            var call = test.Set<Told>().Work();
            test.Stage.Open("door");
            await call.InTime();
        }),
        Ending("completion without a wait", nameof(Told.AtOnce), test => test.Set<Told>().AtOnce()),
        Ending("completion without a wait or flow", nameof(Told.AtOnceUnflowed), test => test.Set<Told>().AtOnceUnflowed()),
        Ending("the end of one that is not async", nameof(Told.NotAsync), async test =>
        {
            var call = test.Set<Told>().NotAsync();
            test.Stage.Open("door");
            await call.InTime();
        }),
        Ending("failure", nameof(Told.Fail), async test =>
        {
            test.Stage.OpenAll();
            await test.Set<Told>().Fail().EndInTime();
        }),
        Ending("a timeout", nameof(Told.Limited), test => test.Clock.RunUntilEnd(test.Set<Told>().Limited())),
        Ending("the timeout of all attempts", nameof(Told.Slow), test => test.Clock.RunUntilEnd(test.Set<Told>().Slow())),
        Ending("a cancel", nameof(Told.Unflowed), async test =>
        {
            var call = test.Set<Told>().Unflowed();
            Sitter.Cancel();
            await call.InTime();
        }),
        Ending("a cancel in a pause", nameof(Told.Work), async test =>
        {
            var call = test.Set<Told>().Work();
            Sitter.Pause();
            Sitter.Cancel();
            await call.InTime();
        }),
        Ending("an end in a pause", nameof(Told.EndsPaused), test => test.Set<Told>().EndsPaused().InTime()),
        Ending("a restart", nameof(Told.Work), async test =>
        {
            var call = test.Set<Told>().Work();
            Sitter.Restart();
            await test.Stage.Reached("door", 2);
            test.Stage.Open("door");
            await call.InTime();
        }),
        Ending("a cleanup that is left behind", nameof(Told.Overrun), async test =>
        {
            var call = test.Set<Told>().Overrun();
            Sitter.Cancel();
            await test.Stage.Reached("cleanup");
            await test.Clock.RunUntilEnd(call);
        }),
        Ending("the end of a stream", nameof(Told.Stream), async test =>
        {
            test.Stage.OpenAll();
            await foreach (var _ in test.Set<Told>().Stream())
            {
                // To its end.
            }
        }),
        Ending("a consumer that stops in the middle", nameof(Told.Stream), async test =>
        {
            await foreach (var _ in test.Set<Told>().Stream())
            {
                break;
            }
        }),
        Ending("a consumer that drops its enumerator", nameof(Told.Stream), async test =>
        {
            await Drop(test.Set<Told>());
            for (var i = 0; i < 1000 && Sitter.ActiveCalls.Count > 0; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await Task.Delay(10);
            }
        }),
        Ending("a call that two callers share", nameof(Told.Cached), async test =>
        {
            var subject = test.Set<Told>();
            var (first, second) = (subject.Cached(1), subject.Cached(1));
            test.Stage.Open("door");
            await Task.WhenAll(first, second).InTime();
        }),
    ];

    [TestCaseSource(nameof(Endings))]
    public async Task active_and_paused_are_back_at_zero_after(string method, Func<CallMetricTests, Task> run)
    {
        using var meters = new Meters();

        await run(this);
        await Sitter.WhenIdle().InTime();

        var name = $"{typeof(Told).FullName}.{method}";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(meters.Sum(SitterDiagnostics.CallStarted), Is.EqualTo(1));
            Assert.That(meters.All.Where(one => one.Instrument == SitterDiagnostics.CallActive).Select(one => (one.Value, one.Function)),
                Is.EqualTo(new[] { (1d, name), (-1d, name) }));
            Assert.That(meters.Sum(SitterDiagnostics.CallPaused), Is.Zero);
            Assert.That(meters.Lowest(SitterDiagnostics.CallPaused), Is.Zero);
            Assert.That(meters.All.Count(one => one.Instrument == SitterDiagnostics.CallDuration), Is.EqualTo(1));
            Assert.That(
                meters.All.Where(one => one.Instrument is SitterDiagnostics.CallActive or SitterDiagnostics.CallPaused).SelectMany(one => one.Tags),
                Is.Empty);
        }
    }

    [Test]
    public async Task a_listener_that_comes_in_the_middle_of_calls_counts_none_below_zero()
    {
        var subject = Set<Told>();
        var (first, second) = (subject.Work(), subject.Unflowed());
        Call("Unflowed").Pause();
        using var meters = new Meters();
        Call("Work").Pause();

        Sitter.Resume();
        Call("Work").Resume();
        Call("Unflowed").Resume();
        Stage.OpenAll();
        await Task.WhenAll(first, second).InTime();

        Assert.That(meters.Of(SitterDiagnostics.CallActive), Is.Empty);
        Assert.That(meters.Of(SitterDiagnostics.CallPaused), Is.EqualTo("1; -1"));
        Assert.That(meters.Of(SitterDiagnostics.CallDuration), Is.Empty);
    }

    [Test]
    public async Task each_instrument_alone_is_heard_from_calls_that_never_wait(
        [Values(
            SitterDiagnostics.CallStarted, SitterDiagnostics.CallActive, SitterDiagnostics.CallDuration, SitterDiagnostics.AttemptDuration)]
        string instrument)
    {
        using var meters = new Meters(instrument);

        await Set<Told>().AtOnce();
        await Set<Told>().AtOnceUnflowed();

        Assert.That(
            meters.All.Where(one => one.Value >= 0).Select(one => one.Function!.Split('.')[^1]),
            Is.EqualTo(new[] { nameof(Told.AtOnce), nameof(Told.AtOnceUnflowed) }));
    }

    [Test]
    public async Task durations_go_by_the_clock_of_the_call()
    {
        using var meters = new Meters();
        var call = Set<Told>().Work();
        Clock.Advance(3);
        Sitter.Pause();
        Clock.Advance(3600);
        Sitter.Resume();
        Clock.Advance(1);
        Stage.OpenAll();
        await call.InTime();

        Assert.That(meters.Of(SitterDiagnostics.CallDuration), Is.EqualTo("3604 sitters.call.outcome=completed"));
        Assert.That(meters.Of(SitterDiagnostics.CallPauseDuration), Is.EqualTo("3600"));
        Assert.That(meters.Of(SitterDiagnostics.AttemptDuration), Is.EqualTo("3604 sitters.attempt.result=completed"));
    }

    [Test]
    public async Task a_call_that_has_come_well_after_retries_has_no_error()
    {
        using var meters = new Meters();
        Stage.OpenAll();
        await Clock.RunUntilEnd(Set<Told>().Retried(2));

        Assert.That(meters.Of(SitterDiagnostics.CallDuration), Is.EqualTo("10 sitters.call.outcome=completed"));
        Assert.That(meters.Of(SitterDiagnostics.Retries), Is.EqualTo("1 error.type=System.IO.IOException; 1 error.type=System.IO.IOException"));
        Assert.That(meters.Of(SitterDiagnostics.AttemptDuration), Is.EqualTo(
            "0 sitters.attempt.result=failed error.type=System.IO.IOException; "
            + "0 sitters.attempt.result=failed error.type=System.IO.IOException; 0 sitters.attempt.result=completed"));
    }

    [Test]
    public async Task retries_are_exhausted_where_the_last_of_them_fails()
    {
        using var meters = new Meters();
        Stage.OpenAll();
        await Clock.RunUntilEnd(Set<Told>().Retried(9));

        Assert.That(meters.Of(SitterDiagnostics.CallDuration), Is.EqualTo(
            "10 sitters.call.outcome=failed error.type=System.IO.IOException sitters.retry.exhausted=True"));
    }

    [Test]
    public async Task retries_are_not_exhausted_where_one_fails_that_is_not_retried()
    {
        using var meters = new Meters();
        Stage.OpenAll();
        await Set<Told>().Aborted().EndInTime();

        Assert.That(meters.Of(SitterDiagnostics.CallDuration), Is.EqualTo("0 sitters.call.outcome=failed error.type=System.IO.IOException"));
    }

    [Test]
    public async Task retries_are_not_exhausted_where_the_call_fails_without_any()
    {
        using var meters = new Meters();
        Stage.OpenAll();
        await Set<Told>().Fail().EndInTime();

        Assert.That(meters.Of(SitterDiagnostics.CallDuration), Is.EqualTo("0 sitters.call.outcome=failed error.type=System.ArgumentException"));
    }

    [Test]
    public async Task a_call_that_has_timed_out_has_that_as_its_error_whatever_its_caller_gets()
    {
        using var meters = new Meters();
        var call = Set<Told>().Limited();
        Clock.Advance(2);

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(meters.Of(SitterDiagnostics.CallDuration), Is.EqualTo("2 sitters.call.outcome=timed_out error.type=System.TimeoutException"));
        Assert.That(meters.Of(SitterDiagnostics.AttemptDuration), Is.EqualTo(
            "2 sitters.attempt.result=timed_out error.type=System.TimeoutException"));
        Assert.That(meters.Of(SitterDiagnostics.Interrupts), Is.EqualTo("1 sitters.interrupt.reason=timeout"));
    }

    [Test]
    public async Task attempts_that_have_timed_out_are_interrupted_by_their_own_limit()
    {
        using var meters = new Meters();
        await Clock.RunUntilEnd(Set<Told>().Slow());

        Assert.That(meters.Of(SitterDiagnostics.Interrupts), Is.EqualTo(
            "1 sitters.interrupt.reason=attempt_timeout; 1 sitters.interrupt.reason=attempt_timeout"));
        Assert.That(meters.Of(SitterDiagnostics.Retries), Is.EqualTo("1 error.type=System.TimeoutException"));
        Assert.That(meters.Of(SitterDiagnostics.CallDuration), Does.EndWith(
            "sitters.call.outcome=timed_out error.type=System.TimeoutException sitters.retry.exhausted=True"));
    }

    [Test]
    public async Task an_attempt_whose_time_is_found_over_twice_is_interrupted_once()
    {
        using var meters = new Meters();
        var running = Set<Told>().Overrun();
        await Stage.Reached("door");
        var call = (Sitters.Runtime.Calls.Call)Call(nameof(Told.Overrun)).Call;
        var attempt = call.RunningScopes[0];

        call.OnAttemptTimeout(attempt);
        await Stage.Reached("cleanup");
        call.OnAttemptTimeout(attempt);

        Assert.That(meters.Of(SitterDiagnostics.Interrupts), Is.EqualTo("1 sitters.interrupt.reason=attempt_timeout"));
        Stage.Open("cleanup");
        await running.EndInTime();
    }

    [Test]
    public async Task a_call_that_was_cancelled_has_no_error()
    {
        using var meters = new Meters();
        var call = Set<Told>().Work();
        Call("Work").Cancel(new SitControl { Source = SitControlSource.Page, Reason = "secret", Identity = "secret" });
        await call.InTime();

        Assert.That(meters.Of(SitterDiagnostics.CallDuration), Is.EqualTo("0 sitters.call.outcome=cancelled"));
        Assert.That(meters.Of(SitterDiagnostics.AttemptDuration), Is.EqualTo("0 sitters.attempt.result=cancelled"));
        Assert.That(meters.Of(SitterDiagnostics.Interrupts), Is.EqualTo("1 sitters.interrupt.reason=cancel sitters.control.source=http"));
    }

    [Test]
    public async Task a_restart_is_an_interrupt_and_ends_an_attempt()
    {
        using var meters = new Meters();
        var call = Set<Told>().Work();
        Sitter.Restart();
        await Stage.Reached("door", 2);
        Stage.OpenAll();
        await call.InTime();

        Assert.That(meters.Of(SitterDiagnostics.Interrupts), Is.EqualTo("1 sitters.interrupt.reason=restart sitters.control.source=api"));
        Assert.That(meters.Of(SitterDiagnostics.AttemptDuration), Is.EqualTo(
            "0 sitters.attempt.result=restarted; 0 sitters.attempt.result=completed"));
        Assert.That(meters.Of(SitterDiagnostics.Retries), Is.Empty);
    }

    [Test]
    public async Task a_callers_token_is_an_interrupt_that_nobody_ordered()
    {
        using var meters = new Meters();
        using var caller = new CancellationTokenSource();
        await using (var stream = Set<Told>().Stream(caller.Token).GetAsyncEnumerator(CancellationToken.None))
        {
            await stream.MoveNextAsync();
            var next = stream.MoveNextAsync().AsTask();
            await Stage.Reached("door");
            await caller.CancelAsync();
            await next.EndInTime();
        }

        Assert.That(meters.Of(SitterDiagnostics.Interrupts), Is.EqualTo("1 sitters.interrupt.reason=caller"));
    }

    [Test]
    public async Task hooks_that_fail_and_cleanups_that_overrun_are_counted()
    {
        using var meters = new Meters();
        var overrun = Set<Told>().Overrun();
        Sitter.Cancel();
        await Stage.Reached("cleanup");
        await Clock.RunUntilEnd(overrun);
        Stage.OpenAll();
        await Set<Told>().Hooked().InTime();

        Assert.That(meters.Of(SitterDiagnostics.GraceOverruns), Is.EqualTo("1"));
        Assert.That(meters.Of(SitterDiagnostics.HookFailures), Is.EqualTo(
            "1 sitters.hook.event=completion error.type=System.NotSupportedException"));
    }

    [Test]
    public async Task orders_are_counted_with_their_source_and_what_came_of_them()
    {
        var call = Set<Told>().Work();
        using var meters = new Meters(SitterDiagnostics.ControlCommands);
        Sitter.Pause("*.Told.*", new SitControl { Source = SitControlSource.Tool });
        Sitter.Resume("*.Told.*");
        Sitter.Restart("*.Nobody");
        Call("Work").Cancel();
        await call.InTime();

        Assert.That(meters.Of(SitterDiagnostics.ControlCommands), Is.EqualTo(
            "1 sitters.control.command=pause sitters.control.source=diagnostics sitters.control.result=done; "
            + "1 sitters.control.command=resume sitters.control.source=api sitters.control.result=done; "
            + "1 sitters.control.command=restart sitters.control.source=api sitters.control.result=nothing_matched; "
            + "1 sitters.control.command=cancel sitters.control.source=api sitters.control.result=done"));
    }

    [Test]
    public async Task no_tag_has_an_argument_a_message_a_key_or_an_id()
    {
        using var meters = new Meters();
        foreach (var ending in Endings)
        {
            await ((Func<CallMetricTests, Task>)ending.Arguments[1]!)(this);
            Stage.OpenAll();
            SetTheStage();
        }

        Assert.That(meters.All, Has.Count.GreaterThan(50));
        Assert.That(meters.All.SelectMany(one => one.Tags).Select(tag => tag[(tag.IndexOf('=', StringComparison.Ordinal) + 1)..]).Distinct(),
            Is.SubsetOf(new[]
            {
                "completed", "failed", "timed_out", "cancelled", "restarted", "hit", "miss", "join", "timeout", "attempt_timeout", "cancel",
                "restart", "api", "pause", "resume", "done", "nothing_matched", "completion", "True", "System.ArgumentException",
                "System.TimeoutException", "System.NotSupportedException",
            }));
    }

    private static async Task Drop(Told subject) => await subject.Stream().GetAsyncEnumerator().MoveNextAsync();

    private static TestCaseData Ending(string name, string method, Func<CallMetricTests, Task> run) =>
        new(method, run) { TestName = $"{{m}} {name}" };
}

using System.Diagnostics;
using Sitters;
using Sitters.Testing;

namespace Tests.Testing;

/// <summary>What <see cref="SitTest"/> tells of a test, and how that begins and ends.</summary>
internal sealed class SitTestTests : SitTestFixture
{
    [Test]
    public async Task the_events_tell_what_has_happened_in_order_and_when()
    {
        using var test = SitTest.Begin();
        var subject = In(test);
        subject.Ask = FailingTimes(1);
        await test.Run(subject.Retried).InTime();

        Assert.That(test.Events.Select(one => $"{one.At.TotalSeconds} {one}"), Is.EqualTo(new[]
        {
            "0 Retried: started",
            "0 Retried: attempt 1",
            "0 Retried: retries for ArithmeticException",
            "600 Retried: attempt 2",
            "600 Retried: Completed",
        }));
        Assert.That(test.Events.OfType<CallEvent>().Select(one => one.Call), Is.All.SameAs(test.Calls.Single()));
    }

    [Test]
    public async Task an_interrupt_and_its_reason_are_among_them()
    {
        using var test = SitTest.Begin(Impatient);
        var subject = In(test);
        subject.Ask = Never();
        await test.Run(subject.Limited).InTime();

        Assert.That(test.Events.OfType<CallInterrupted>().Single().Interrupt, Is.EqualTo(SitInterrupt.Timeout));
        Assert.That(test.Events[^1].ToString(), Is.EqualTo("Limited: TimedOut"));
    }

    [Test]
    public async Task calls_that_have_ended_stay_in_the_list_and_those_of_others_are_not_there()
    {
        var other = new AssemblyToProcess.Testing.Rehearsed();
        await other.Limited();
        using var test = SitTest.Begin();
        await test.Run(In(test).Limited).InTime();
        using (ExecutionContext.SuppressFlow())
        {
            Task.Run(other.Limited).Wait();
        }

        Assert.That(test.Calls.Single().State, Is.EqualTo(SitState.Completed));
        Assert.That(test.Events.OfType<CallStarted>().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task a_test_that_was_begun_in_another_flow_is_entered_by_Run()
    {
        SitTest? begun = null;
        using (ExecutionContext.SuppressFlow())
        {
            Task.Run(() => begun = SitTest.Begin(Patient)).Wait();
        }

        using var test = begun!;
        var subject = In(test);
        subject.Ask = FailingTimes(1);

        await test.Run(subject.Retried).InTime();

        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(10)));
        await subject.Limited().InTime();
        Assert.That(test.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task after_its_end_the_code_is_where_it_was_before()
    {
        using (SitTest.Begin())
        {
            Assert.That(Sitter.TimeProvider, Is.Not.SameAs(TimeProvider.System));
        }

        Assert.That(Sitter.TimeProvider, Is.SameAs(TimeProvider.System));
        await using (SitTest.Begin())
        {
            Assert.That(Sitter.TimeProvider, Is.Not.SameAs(TimeProvider.System));
        }

        Assert.That(Sitter.TimeProvider, Is.SameAs(TimeProvider.System));
    }

    [Test]
    public async Task a_test_that_has_ended_runs_nothing()
    {
        var test = SitTest.Begin();
        test.Dispose();
        test.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => test.Run(In(test).Limited));
    }

    [Test]
    public async Task a_call_that_never_ends_fails_the_test_and_is_told_with_its_place()
    {
        using var test = SitTest.Begin(Impatient with { GiveUpAfter = TimeSpan.FromSeconds(0.2) });
        var subject = In(test);
        subject.Ask = Never();

        var failure = (await Assert.ThrowsAsync<SitTestException>(() => test.Run(subject.Unlimited)))!;

        Assert.That(failure.Message, Does.StartWith("The test was not done after 0.2 s of real time. Its clock has moved by 00:00:00. No timer waits for the clock."));
        Assert.That(failure.Message, Does.Contain("Unlimited (Running)"));
        Assert.That(failure.Message, Does.Match(@"AssemblyToProcess\.Testing\.Rehearsed\.Unlimited at Rehearsed\.cs:\d+: "));
    }

    [Test]
    public async Task so_does_one_that_is_retried_for_ever()
    {
        using var test = SitTest.Begin(new SitTestOptions { GiveUpAfter = TimeSpan.FromSeconds(0.2) });
        var subject = In(test);
        subject.Ask = FailingTimes(int.MaxValue);

        Assert.That((await Assert.ThrowsAsync<SitTestException>(() => test.Run(subject.RetriedForEver)))!.Message, Does.Contain("RetriedForEver"));
    }

    [Test]
    public async Task calls_that_a_test_leaves_running_are_told_and_cancelled()
    {
        using var trace = new TraceLines();
        var test = SitTest.Begin();
        var subject = In(test);
        subject.Ask = Never();
        var call = subject.Unlimited();
        Assert.That(Assert.Throws<SitTestException>(test.EnsureNothingRuns)!.Message, Does.Contain("Rehearsed.cs:"));

        test.Dispose();

        Assert.That(test.Events.OfType<CallLeftRunning>().Single().Place, Does.Contain("Rehearsed.cs:"));
        Assert.That(trace.Text, Does.Contain("1 of its calls still ran"));
        await subject.CleanedUp.Task.InTime();
        await call.EndInTime();
        Assert.That(call.Failure(), Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task an_asynchronous_end_waits_for_what_was_cancelled()
    {
        var test = SitTest.Begin();
        var subject = In(test);
        subject.Ask = Never();
        var call = subject.Unlimited();

        await test.DisposeAsync().AsTask().InTime();

        Assert.That(call.IsCompleted, Is.True);
        Assert.That(test.Events[^1].ToString(), Is.EqualTo("Unlimited: Cancelled"));
        Assert.DoesNotThrow(test.EnsureNothingRuns);
    }

    [Test]
    public async Task fifty_tests_at_once_do_not_feel_each_other()
    {
        await Task.WhenAll(Enumerable.Range(1, 50).Select(number => Task.Run(async () =>
        {
            using var test = SitTest.Begin(Patient with { Name = $"test {number}" });
            var subject = In(test);
            subject.Ask = FailingTimes(number % 3);
            if (number % 5 == 0)
            {
                test.Scope.Pause(new SitControl { For = TimeSpan.FromMinutes(1) });
            }

            Assert.That(await test.Run(subject.Retried), Is.EqualTo("answer"));
            Assert.That(await test.Run(() => subject.SleepingInTurns(number)), Is.EqualTo(number));
            Assert.That(await test.Run(() => subject.Sleeping(5)), Is.Null);

            Assert.That(test.Elapsed.TotalSeconds, Is.EqualTo((number % 5 == 0 ? 60 : 0) + (number % 3 * 600) + number + 3));
            Assert.That(test.Calls, Has.Count.EqualTo(3));
        }))).InTime();
    }

    [Test]
    public async Task a_test_inside_a_test_has_a_clock_and_calls_of_its_own()
    {
        using var outer = SitTest.Begin(Patient);

        var inside = await outer.Run(async () =>
        {
            using var inner = SitTest.Begin(Patient);
            await inner.Run(() => In(inner).Sleeping(2));
            return inner.Elapsed;
        }).InTime();
        await outer.Run(() => In(outer).Sleeping(1)).InTime();

        Assert.That(inside, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(outer.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(outer.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public void options_without_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new SitTestOptions { Patience = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new SitTestOptions { GiveUpAfter = TimeSpan.Zero });
    }

    [Test]
    public void the_clock_begins_where_the_options_say()
    {
        var start = new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.FromHours(1));
        using var test = SitTest.Begin(new SitTestOptions { StartAt = start });

        Assert.That(test.Clock.GetUtcNow(), Is.EqualTo(start));
        Assert.That(test.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    private sealed class TraceLines : TraceListener
    {
        private readonly List<string?> _lines = [];

        public TraceLines() => Trace.Listeners.Add(this);

        public string Text => string.Join('\n', _lines);

        public override void Write(string? message) => _lines.Add(message);

        public override void WriteLine(string? message) => _lines.Add(message);

        protected override void Dispose(bool disposing)
        {
            Trace.Listeners.Remove(this);
            base.Dispose(disposing);
        }
    }
}

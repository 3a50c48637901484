using System.Diagnostics;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Telemetry;

/// <summary>One span a call: where it belongs, what it says, and that nothing of it is left behind.</summary>
internal sealed class SpanTests : ControllerFixture
{
    private Activity _caller = null!;

    [SetUp]
    public void BeginCaller() => _caller = new Activity("caller").Start();

    [TearDown]
    public void EndCaller() => _caller.Dispose();

    [Test]
    public async Task a_call_is_one_span_inside_the_callers_and_is_current_in_its_body()
    {
        using var traces = new Traces();
        var subject = Set<Told>();
        var call = subject.Work();
        Assert.That(Activity.Current, Is.SameAs(_caller));
        var atBeginning = subject.Current;
        Stage.Open("door");
        await call.InTime();

        var span = traces.Single;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(span.OperationName, Is.EqualTo("Told.Work"));
            Assert.That(span.ParentSpanId, Is.EqualTo(_caller.SpanId));
            Assert.That(span.Kind, Is.EqualTo(ActivityKind.Internal));
            Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Unset));
            Assert.That(atBeginning, Is.SameAs(span));
            Assert.That(subject.Current, Is.SameAs(span));
            Assert.That(Activity.Current, Is.SameAs(_caller));
            Assert.That(Traces.Tag(span, SitterDiagnostics.FunctionNameTag), Is.EqualTo("AssemblyToProcess.Life.Told.Work"));
            Assert.That(Traces.Tag(span, SitterDiagnostics.CallOutcomeTag), Is.EqualTo("completed"));
            Assert.That(Traces.Tag(span, SitterDiagnostics.ErrorTypeTag), Is.Null);
            Assert.That(Guid.TryParse(Traces.Tag(span, SitterDiagnostics.CallIdTag), out _), Is.True);
        }
    }

    [Test]
    public async Task a_call_that_does_not_flow_is_current_in_its_body_too_and_not_after_it()
    {
        using var traces = new Traces();
        var subject = Set<Told>();
        var call = subject.Unflowed();
        Assert.That(Activity.Current, Is.SameAs(_caller));
        var atBeginning = subject.Current;
        Stage.Open("door");
        await call.InTime();

        Assert.That(atBeginning, Is.SameAs(traces.Single));
        Assert.That(subject.Current, Is.SameAs(traces.Single));
        Assert.That(Activity.Current, Is.SameAs(_caller));
    }

    [Test]
    public async Task a_call_that_never_waits_has_a_span_too()
    {
        using var traces = new Traces();
        var subject = Set<Told>();
        await subject.AtOnce();
        await subject.AtOnceUnflowed();

        Assert.That(traces.Ended.Select(span => span.OperationName), Is.EqualTo(new[] { "Told.AtOnce", "Told.AtOnceUnflowed" }));
        Assert.That(subject.Current, Is.SameAs(traces.Ended.Last()));
        Assert.That(Activity.Current, Is.SameAs(_caller));
    }

    [Test]
    public void a_call_made_while_the_flow_is_suppressed_has_its_span_in_its_body_and_leaves_none()
    {
        using var traces = new Traces();
        var subject = Set<Told>();
        using (ExecutionContext.SuppressFlow())
        {
            subject.NotAsync();
            Assert.That(Activity.Current, Is.SameAs(_caller));
        }

        Stage.Open("door");
        Assert.That(SpinWait.SpinUntil(() => traces.Ended.Count == 1, Stage.Patience), Is.True);
        Assert.That(subject.Current, Is.SameAs(traces.Single));
        Assert.That(Activity.Current, Is.SameAs(_caller));
    }

    [Test]
    public async Task a_continuation_that_brings_no_context_of_its_own_does_not_run_in_the_span()
    {
        using var traces = new Traces();
        var call = Set<Told>().Work();
        Activity? current = null;
        call.GetAwaiter().UnsafeOnCompleted(() => current = Activity.Current);
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => Stage.Open("door"));
        }

        await call.InTime();

        Assert.That(current is null || current == _caller, Is.True);
    }

    [Test]
    public async Task a_stream_is_one_span_that_is_current_in_each_of_its_steps_and_never_in_its_consumer()
    {
        using var traces = new Traces();
        var subject = Set<Told>();
        var seen = new List<Activity?>();
        var consumed = Task.Run(async () =>
        {
            await foreach (var _ in subject.Stream())
            {
                seen.Add(subject.Current);
                Assert.That(Activity.Current, Is.SameAs(_caller));
            }

            Assert.That(Activity.Current, Is.SameAs(_caller));
        });
        await Stage.Reached("door");
        Stage.Open("door");
        await consumed.InTime();

        Assert.That(seen, Is.EqualTo(new[] { traces.Single, traces.Single }));
        Assert.That(traces.Single.ParentSpanId, Is.EqualTo(_caller.SpanId));
    }

    [Test]
    public async Task a_span_has_an_event_for_all_that_happens_to_its_call()
    {
        using var traces = new Traces();
        var call = Set<Told>().Hooked();
        Call("Hooked").Pause();
        Call("Hooked").Resume();
        Call("Hooked").Restart();
        await Stage.Reached("door", 2);
        Stage.OpenAll();
        await call.InTime();

        Assert.That(Traces.EventsOf(traces.Single), Is.EqualTo(
            "sitters.attempt sitters.attempt.number=1, sitters.pause, sitters.resume, "
            + "sitters.interrupt sitters.interrupt.reason=restart sitters.control.source=api, sitters.restart, "
            + "sitters.attempt sitters.attempt.number=1, "
            + "sitters.hook.failure sitters.hook.event=completion error.type=System.NotSupportedException"));
    }

    [Test]
    public async Task hooks_run_in_the_span_of_their_call()
    {
        using var traces = new Traces();
        var call = Set<Told>().Hooked();
        Call("Hooked").Pause();
        await Stage.Said("pause in Told.Hooked");
        Call("Hooked").Resume();
        Stage.OpenAll();
        await call.InTime();

        Assert.That(Stage.Story, Does.StartWith("startup in Told.Hooked"));
    }

    [Test]
    public async Task a_call_that_has_come_well_after_retries_is_no_error()
    {
        using var traces = new Traces();
        Stage.OpenAll();
        await Clock.RunUntilEnd(Set<Told>().Retried(2));

        var span = traces.Single;
        Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Unset));
        Assert.That(Traces.Tag(span, SitterDiagnostics.ErrorTypeTag), Is.Null);
        Assert.That(Traces.EventsOf(span), Is.EqualTo(
            "sitters.attempt sitters.attempt.number=1, sitters.attempt sitters.attempt.number=2 error.type=System.IO.IOException, "
            + "sitters.attempt sitters.attempt.number=3 error.type=System.IO.IOException"));
    }

    [Test]
    public async Task an_exception_is_named_by_each_span_that_it_leaves_and_recorded_by_none()
    {
        using var traces = new Traces();
        Stage.OpenAll();
        await Set<Told>().Outer().EndInTime();

        Assert.That(traces.Ended.Select(span => span.OperationName), Is.EqualTo(new[] { "Told.Inner", "Told.Outer" }));
        foreach (var span in traces.Ended)
        {
            Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Error));
            Assert.That(span.StatusDescription, Is.EqualTo("secret"));
            Assert.That(Traces.Tag(span, SitterDiagnostics.ErrorTypeTag), Is.EqualTo("System.ArgumentException"));
            Assert.That(span.Events.Select(one => one.Name), Is.EqualTo(new[] { SitterDiagnostics.AttemptEvent }));
        }

        Assert.That(traces.Ended.First().ParentSpanId, Is.EqualTo(traces.Ended.Last().SpanId));
    }

    [Test]
    public async Task a_call_that_has_timed_out_is_an_error_and_one_that_was_cancelled_is_none()
    {
        using var traces = new Traces();
        var subject = Set<Told>();
        await Clock.RunUntilEnd(subject.Limited());
        var cancelled = subject.Work();
        Sitter.Cancel();
        await cancelled.InTime();

        Assert.That(
            traces.Ended.Select(span => (span.Status, Traces.Tag(span, SitterDiagnostics.ErrorTypeTag))),
            Is.EqualTo(new[] { (ActivityStatusCode.Error, "System.TimeoutException"), (ActivityStatusCode.Unset, null) }));
    }

    [Test]
    public async Task a_pause_of_hours_leaves_the_span_open_and_as_long_as_the_clock_says()
    {
        using var traces = new Traces();
        var begun = Clock.GetUtcNow();
        var call = Set<Told>().Work();
        Sitter.Pause();
        Clock.Advance(5 * 3600);
        Assert.That(traces.Ended, Is.Empty);
        Sitter.Resume();
        Stage.OpenAll();
        await call.InTime();

        var span = traces.Single;
        Assert.That(span.StartTimeUtc, Is.EqualTo(begun.UtcDateTime));
        Assert.That(span.Duration, Is.EqualTo(TimeSpan.FromHours(5)));
        Assert.That(span.Events.Last().Timestamp - begun, Is.EqualTo(TimeSpan.FromHours(5)));
        Assert.That(Activity.Current, Is.SameAs(_caller));
    }

    [Test]
    public async Task attempts_have_spans_only_where_their_source_is_listened_to()
    {
        using var traces = new Traces(SitterDiagnostics.ActivitySourceName, SitterDiagnostics.AttemptActivitySourceName);
        var subject = Set<Told>();
        Stage.OpenAll();
        await Clock.RunUntilEnd(subject.Retried(1));

        var call = traces.Ended.Last();
        var attempts = traces.Ended.SkipLast(1).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(call.OperationName, Is.EqualTo("Told.Retried"));
            Assert.That(attempts.Select(span => span.OperationName), Is.EqualTo(new[] { "Told.Retried attempt", "Told.Retried attempt" }));
            Assert.That(attempts.Select(span => span.ParentSpanId), Is.All.EqualTo(call.SpanId));
            Assert.That(attempts.Select(span => Traces.Tag(span, SitterDiagnostics.AttemptNumberTag)), Is.EqualTo(new[] { "1", "2" }));
            Assert.That(attempts.Select(span => Traces.Tag(span, SitterDiagnostics.AttemptResultTag)), Is.EqualTo(new[] { "failed", "completed" }));
            Assert.That(attempts.Select(span => span.Status), Is.EqualTo(new[] { ActivityStatusCode.Error, ActivityStatusCode.Unset }));
            Assert.That(subject.Current, Is.SameAs(attempts[1]));
        }
    }

    [Test]
    public async Task a_shared_call_is_one_span_and_a_hit_is_none()
    {
        using var traces = new Traces();
        var subject = Set<Told>();
        var (first, second) = (subject.Cached(1), subject.Cached(1));
        Stage.OpenAll();
        await Task.WhenAll(first, second).InTime();
        await subject.Cached(1);

        Assert.That(traces.Ended, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task nothing_is_opened_where_nobody_listens()
    {
        var subject = Set<Told>();
        Stage.OpenAll();
        await subject.Work().InTime();

        Assert.That(subject.Current, Is.SameAs(_caller));
    }
}

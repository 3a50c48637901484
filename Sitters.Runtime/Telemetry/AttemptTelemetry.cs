using Sitters.Runtime.Plans;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Telemetry;

/// <summary>What listeners are told of one attempt.</summary>
internal sealed class AttemptTelemetry
{
    private readonly Plan _plan;
    private readonly TimeProvider _clock;
    private readonly long _startStamp;

    private AttemptTelemetry(Plan plan, TimeProvider clock, Span? span)
    {
        _plan = plan;
        _clock = clock;
        Span = span;
        _startStamp = Clock.ReadFine(clock);
    }

    /// <summary>The attempt's own span; null if it has none.</summary>
    public Span? Span { get; }

    /// <summary>An attempt begins: in its own flow, to which its span belongs from here on.</summary>
    /// <param name="plan">The method's plan.</param>
    /// <param name="clock">The call's.</param>
    /// <param name="call">The span of the call: without it, the attempt has none either.</param>
    /// <param name="number">The attempt's.</param>
    /// <returns>Null if nobody listens.</returns>
    public static AttemptTelemetry? Begin(Plan plan, TimeProvider clock, Span? call, int number)
    {
        if (!Listeners.CanHear)
        {
            return null;
        }

        Span? span = null;
        if (call is not null && Spans.Attempts.HasListeners())
        {
            using var entry = new SpanEntry(call);
            span = Span.Open(
                Spans.Attempts,
                $"{plan.TypedName} attempt",
                clock,
                Words.Function(plan.Name),
                new(SitterDiagnostics.AttemptNumberTag, number));
        }

        return span is not null || Instruments.AttemptDuration.Enabled ? new AttemptTelemetry(plan, clock, span) : null;
    }

    /// <summary>An attempt begins that follows another.</summary>
    /// <param name="plan">The method's plan.</param>
    /// <param name="before">What the attempt before failed with; null where its result is the reason.</param>
    public static void Retry(Plan plan, Exception? before)
    {
        if (Listeners.CanHear && Instruments.Retries.Enabled)
        {
            var function = Words.Function(plan.Name);
            Listeners.Add(Instruments.Retries, 1, before is null ? [function] : [function, Words.ErrorType(before)]);
        }
    }

    /// <param name="end">How it has ended.</param>
    /// <param name="failure">With what, if it has failed.</param>
    public void End(SitState end, Exception? failure)
    {
        var (result, errorType) = (Words.Result(end), Words.ErrorType(end, failure));
        KeyValuePair<string, object?>[] tags = errorType is { } error ? [result, error] : [result];
        Listeners.Record(Instruments.AttemptDuration, Clock.Since(_startStamp, _clock), [Words.Function(_plan.Name), .. tags]);
        Span?.Close(tags, errorType is not null, end == SitState.Failed ? failure : null);
    }
}

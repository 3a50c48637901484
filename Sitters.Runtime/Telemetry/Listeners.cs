using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Telemetry;

/// <summary>Whoever listens to meters and traces: their code is the user's, runs under no lock, and harms no call by what it throws.</summary>
internal static class Listeners
{
    /// <summary>
    /// Whether anybody listens to what every call has to tell: a call that begins makes this test, and is otherwise as fast as it can be.
    /// The framework tells nobody that a listener has come, so each instrument is looked at: a few loads that no other waits for.
    /// </summary>
    public static bool HearCalls
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Instruments.CallStarted.Enabled
            || Instruments.CallActive.Enabled
            || Instruments.CallDuration.Enabled
            || Instruments.AttemptDuration.Enabled
            || Spans.Calls.HasListeners();
    }

    public static bool HearPauses => Instruments.CallPaused.Enabled || Instruments.CallPauseDuration.Enabled;

    public static void Add(Counter<long> counter, long count, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            counter.Add(count, tags);
        }
        catch (Exception failure)
        {
            Report(failure);
        }
    }

    public static void Add(UpDownCounter<long> counter, long change, KeyValuePair<string, object?> tag)
    {
        try
        {
            counter.Add(change, tag);
        }
        catch (Exception failure)
        {
            Report(failure);
        }
    }

    public static void Record(Histogram<double> histogram, TimeSpan duration, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            histogram.Record(duration.TotalSeconds, tags);
        }
        catch (Exception failure)
        {
            Report(failure);
        }
    }

    public static void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure)
        {
            Report(failure);
        }
    }

    public static void Report(Exception failure) => Trace.TraceError($"A listener to the meters or traces of sat calls failed: {failure}");
}

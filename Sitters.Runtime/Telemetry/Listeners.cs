using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Telemetry;

/// <summary>Whoever listens to meters and traces: their code is the user's, runs under no lock, and harms no call by what it throws.</summary>
internal static class Listeners
{
    private static volatile CallListening? _calls;

    /// <summary>
    /// Whether anybody can listen: before, there is no instrument and no source, and to ask one whether it is heard would make all of them.
    /// See <see cref="Opening"/>.
    /// </summary>
    public static bool CanHear => _calls is not null;

    /// <summary>
    /// Whether anybody listens to what every call has to tell: a call that begins makes this test, and is otherwise as fast as it can be.
    /// </summary>
    public static bool HearCalls
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _calls is { IsHeard: true };
    }

    public static bool HearCacheRequests
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _calls is { IsCacheHeard: true };
    }

    public static bool HearPauses => CanHear && (Instruments.CallPaused.Enabled || Instruments.CallPauseDuration.Enabled);

    public static bool HearOverruns => CanHear && Instruments.GraceOverruns.Enabled;

    public static bool HearHookFailures => CanHear && Instruments.HookFailures.Enabled;

    public static bool HearInterrupts => CanHear && Instruments.Interrupts.Enabled;

    /// <summary>From here on somebody can listen.</summary>
    public static void Begin(CallListening calls) => _calls = calls;

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

    public static void Report(Exception failure) => FailureTrace.Write("A listener to the meters or traces of sat calls", failure);
}

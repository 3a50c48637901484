using System.Diagnostics.Metrics;

namespace Sitters.Runtime.Telemetry;

/// <summary>The instruments, as <see cref="SitterDiagnostics"/> describes them. Fields, not properties: the test of each call reads them.</summary>
internal static class Instruments
{
    public static readonly Counter<long> CallStarted = Counter(
        SitterDiagnostics.CallStarted, "{call}", "The calls that have begun.");

    public static readonly UpDownCounter<long> CallActive = UpDownCounter(
        SitterDiagnostics.CallActive, "The calls that have begun and have not ended.");

    public static readonly UpDownCounter<long> CallPaused = UpDownCounter(
        SitterDiagnostics.CallPaused, "The active calls that are told to pause.");

    public static readonly Histogram<double> CallDuration = Histogram(
        SitterDiagnostics.CallDuration, "From the beginning of a call to its end, pauses included.");

    public static readonly Histogram<double> CallPauseDuration = Histogram(
        SitterDiagnostics.CallPauseDuration, "How long a call was paused.");

    public static readonly Histogram<double> AttemptDuration = Histogram(
        SitterDiagnostics.AttemptDuration, "From the beginning of an attempt to its end.");

    public static readonly Counter<long> Retries = Counter(
        SitterDiagnostics.Retries, "{retry}", "The attempts that follow another.");

    public static readonly Counter<long> CacheRequests = Counter(
        SitterDiagnostics.CacheRequests, "{request}", "How often the cache of a method was asked.");

    public static readonly Counter<long> CacheEvictions = Counter(
        SitterDiagnostics.CacheEvictions, "{eviction}", "The results that a cache has dropped.");

    public static readonly ObservableUpDownCounter<long> CacheEntries = Publication.Instrument(
        SitterDiagnostics.CacheEntries,
        static meter => meter.CreateObservableUpDownCounter(
            SitterDiagnostics.CacheEntries, CacheTelemetry.CountEntries, "{entry}", "The results that the caches hold."));

    public static readonly Counter<long> Interrupts = Counter(
        SitterDiagnostics.Interrupts, "{interrupt}", "The interrupts that have come to a call.");

    public static readonly Counter<long> HookFailures = Counter(
        SitterDiagnostics.HookFailures, "{failure}", "The hooks that have failed without changing an outcome.");

    public static readonly Counter<long> GraceOverruns = Counter(
        SitterDiagnostics.GraceOverruns, "{overrun}", "The cleanups that were left behind when their grace was over.");

    public static readonly Counter<long> ControlCommands = Counter(
        SitterDiagnostics.ControlCommands, "{command}", "The orders to pause, resume, restart or cancel that were carried out.");

#if NET9_0_OR_GREATER
    /// <summary>In seconds. The default is made for milliseconds; these are those of HTTP, and further up for jobs of hours.</summary>
    private static InstrumentAdvice<double> Buckets => new()
    {
        HistogramBucketBoundaries =
            [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 300, 1800, 3600, 21600],
    };
#endif

    private static Counter<long> Counter(string name, string unit, string description) =>
        Publication.Instrument(name, meter => meter.CreateCounter<long>(name, unit, description));

    private static UpDownCounter<long> UpDownCounter(string name, string description) =>
        Publication.Instrument(name, meter => meter.CreateUpDownCounter<long>(name, "{call}", description));

    private static Histogram<double> Histogram(string name, string description) => Publication.Instrument(
        name,
#if NET9_0_OR_GREATER
        meter => meter.CreateHistogram(name, "s", description, tags: null, Buckets));
#else
        meter => meter.CreateHistogram<double>(name, "s", description));
#endif
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Telemetry;

/// <summary>
/// What a call that begins looks at. The framework tells nobody that a listener has come, so each instrument is looked at: a few loads that
/// no other waits for.
/// </summary>
internal sealed class CallListening
{
    private readonly Counter<long> _started = Instruments.CallStarted;
    private readonly UpDownCounter<long> _active = Instruments.CallActive;
    private readonly Histogram<double> _duration = Instruments.CallDuration;
    private readonly Histogram<double> _attempts = Instruments.AttemptDuration;
    private readonly ActivitySource _spans = Spans.Calls;

    private readonly Counter<long> _cacheRequests = Instruments.CacheRequests;

    /// <summary>Whether anybody counts what caches are asked. Here too, since a hit is to be as fast as it can be.</summary>
    public bool IsCacheHeard
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _cacheRequests.Enabled;
    }

    /// <summary>Whether anybody listens to what every call has to tell.</summary>
    public bool IsHeard
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _started.Enabled || _active.Enabled || _duration.Enabled || _attempts.Enabled || _spans.HasListeners();
    }
}

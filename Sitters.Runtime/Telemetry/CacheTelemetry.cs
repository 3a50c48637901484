using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Telemetry;

/// <summary>What listeners are told of the caches of sat methods.</summary>
internal static class CacheTelemetry
{
    /// <summary>The cache had a result.</summary>
    public const string Hit = "hit";

    /// <summary>The cache had none, and a call has begun.</summary>
    public const string Miss = "miss";

    /// <summary>The cache had none, and a call that was under way is shared.</summary>
    public const string Join = "join";

    /// <summary>The place of a result was needed for another.</summary>
    public const string Capacity = "capacity";

    /// <summary>The time of a result was over.</summary>
    public const string Expired = "expired";

    /// <summary>The cache was cleared, or configuration gave it other limits or took it away.</summary>
    public const string Cleared = "cleared";

    /// <summary>Counts the results of each method that has a cache. Set by the layer above, once there is one.</summary>
    public static Func<IEnumerable<(string Method, long Entries)>>? Entries { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(string method, string result)
    {
        if (Listeners.HearCacheRequests)
        {
            TellRead(method, result);
        }
    }

    public static void Evict(string method, string reason, long count = 1)
    {
        if (count > 0 && Listeners.CanHear && Instruments.CacheEvictions.Enabled)
        {
            Listeners.Add(
                Instruments.CacheEvictions, count, Words.Function(method), new(SitterDiagnostics.EvictionReasonTag, reason));
        }
    }

    /// <summary>Called by listeners when they collect. A generic method has caches of several types.</summary>
    public static IEnumerable<Measurement<long>> CountEntries() => (Entries?.Invoke() ?? [])
        .GroupBy(static cache => cache.Method, static cache => cache.Entries)
        .Select(static method => new Measurement<long>(method.Sum(), Words.Function(method.Key)))
        .ToList();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TellRead(string method, string result) => Listeners.Add(
        Instruments.CacheRequests, 1, Words.Function(method), new(SitterDiagnostics.CacheResultTag, result));
}

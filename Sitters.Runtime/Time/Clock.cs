using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Time;

/// <summary>Time stamps in ticks (100 ns) of a <see cref="TimeProvider"/>, for differences only. They never go back.</summary>
internal static class Clock
{
    /// <summary>
    /// For each clock of the user's: its last stamp, and what is added to its time because it went back. Made of the framework's types
    /// alone: a clock that outlives this assembly, which can be unloaded, must not keep it.
    /// </summary>
    private static readonly ConditionalWeakTable<TimeProvider, long[]> _stamps = [];

    /// <summary>Now. The system's clock is read at its coarse but cheap resolution, because it is read in every call.</summary>
    public static long Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Read(Sitter.TimeProvider);
    }

    /// <summary>Runs code of the user's, if the clock is not the system's: under no lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Read(TimeProvider provider) => provider == TimeProvider.System
        ? Environment.TickCount64 * TimeSpan.TicksPerMillisecond
        : ReadUsers(provider);

    /// <summary>The same; where a clock of the user's throws, its last stamp, as if it had stood still.</summary>
    public static long ReadOrLast(TimeProvider provider, out Exception? failure)
    {
        try
        {
            failure = null;
            return Read(provider);
        }
        catch (Exception thrown)
        {
            failure = thrown;
            return _stamps.TryGetValue(provider, out var stamps) ? Volatile.Read(ref stamps[0]) : 0;
        }
    }

    /// <summary>
    /// The same at the system clock's full resolution, for what is measured. It can't be compared with the others. Where a clock of the user's
    /// throws, its last stamp.
    /// </summary>
    public static long ReadFine(TimeProvider provider) =>
        provider == TimeProvider.System ? Stopwatch.GetElapsedTime(0).Ticks : ReadOrLast(provider, out _);

    /// <summary>The time since such a stamp, never less than none.</summary>
    public static TimeSpan Since(long fineStamp, TimeProvider provider) => new(Math.Max(0, ReadFine(provider) - fineStamp));

    private static long ReadUsers(TimeProvider provider)
    {
        var time = ToTicks(provider.GetTimestamp(), provider.TimestampFrequency);
        var stamps = _stamps.GetValue(provider, static _ => [long.MinValue / 2, 0]);
        lock (stamps)
        {
            ref var last = ref stamps[0];
            ref var added = ref stamps[1];
            if (last - TimeSpan.TicksPerSecond > time + added)
            {
                // The clock was set back, and goes on from where it was. Less than that may be another thread that was faster.
                added = last - time;
            }

            return last = Math.Max(last, time + added);
        }
    }

    /// <summary>In integers: a clock that counts from the year 1, as fake ones do, exceeds what a double holds exactly.</summary>
    private static long ToTicks(long timestamp, long frequency) =>
        frequency == TimeSpan.TicksPerSecond ? timestamp : (long)((Int128)timestamp * TimeSpan.TicksPerSecond / frequency);
}

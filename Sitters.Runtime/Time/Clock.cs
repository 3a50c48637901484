using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Time;

/// <summary>Time stamps in ticks (100 ns) of a <see cref="TimeProvider"/>, for differences only. They never go back, but for a clock that could not be read meanwhile.</summary>
internal static class Clock
{
    /// <summary>
    /// For each clock of the user's: its last stamp, what is added to its time because it went back, the system's stamp at its last one or
    /// its first failure, and whether it has ever said what time it is. Made of the framework's types alone: a clock that outlives this
    /// assembly, which can be unloaded, must not keep it.
    /// </summary>
    private static readonly ConditionalWeakTable<TimeProvider, long[]> _stamps = [];

    /// <summary>Now. The system's clock is read at its coarse but cheap resolution, because it is read in every call.</summary>
    public static long Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Read(Sitter.TimeProvider);
    }

    /// <summary>
    /// Runs code of the user's, if the clock is not the system's: under no lock. Where that throws, which is told, it has gone on as the
    /// system's has since its last stamp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Read(TimeProvider provider) => provider == TimeProvider.System
        ? Environment.TickCount64 * TimeSpan.TicksPerMillisecond
        : ReadUsersAndReport(provider);

    /// <summary>The same, for who knows a call that the failure can be told with.</summary>
    public static long Read(TimeProvider provider, out Exception? failure)
    {
        failure = null;
        return provider == TimeProvider.System ? Read(provider) : ReadUsers(provider, out failure);
    }

    /// <summary>The time of day in ticks of UTC; the system's where a clock of the user's throws.</summary>
    public static long ReadTimeOfDay(TimeProvider provider, out Exception? failure)
    {
        try
        {
            failure = null;
            return provider.GetUtcNow().UtcTicks;
        }
        catch (Exception thrown)
        {
            failure = thrown;
            return DateTime.UtcNow.Ticks;
        }
    }

    /// <summary>The same, where no call is known that the failure can be told with.</summary>
    public static DateTimeOffset ReadTimeOfDay(TimeProvider provider)
    {
        var now = ReadTimeOfDay(provider, out var failure);
        Report(failure);
        return new DateTimeOffset(now, TimeSpan.Zero);
    }

    /// <summary>Tells of what a clock of the user's has thrown, to the trace: no call is known here.</summary>
    public static void Report(Exception? failure)
    {
        if (failure is not null)
        {
            FailureTrace.Write($"The clock of {nameof(Sitter)}.{nameof(Sitter.TimeProvider)} or of a scope", failure);
        }
    }

    /// <summary>
    /// As <see cref="Read(TimeProvider)"/> at the system clock's full resolution, for what is measured. It can't be compared with the others.
    /// </summary>
    public static long ReadFine(TimeProvider provider) =>
        provider == TimeProvider.System ? Stopwatch.GetElapsedTime(0).Ticks : ReadUsersAndReport(provider);

    /// <summary>The time since such a stamp, never less than none.</summary>
    public static TimeSpan Since(long fineStamp, TimeProvider provider) => new(Math.Max(0, ReadFine(provider) - fineStamp));

    private static long ReadUsersAndReport(TimeProvider provider)
    {
        var now = ReadUsers(provider, out var failure);
        Report(failure);
        return now;
    }

    private static long ReadUsers(TimeProvider provider, out Exception? failure)
    {
        var stamps = _stamps.GetValue(provider, static _ => new long[4]);
        long time;
        try
        {
            time = ToTicks(provider.GetTimestamp(), provider.TimestampFrequency);
        }
        catch (Exception thrown)
        {
            failure = thrown;
            lock (stamps)
            {
                return StandInLocked(stamps);
            }
        }

        failure = null;
        lock (stamps)
        {
            return StampLocked(stamps, time);
        }
    }

    private static long StampLocked(long[] stamps, long time)
    {
        ref var last = ref stamps[0];
        ref var added = ref stamps[1];
        if (stamps[3] == 0)
        {
            // What began while it could not be read goes on from there.
            added = stamps[2] == 0 ? 0 : StandInLocked(stamps) - time;
            stamps[3] = 1;
            last = time + added;
        }
        else if (last - TimeSpan.TicksPerSecond > time + added)
        {
            // The clock was set back, and goes on from where it was. Less than that may be another thread that was faster.
            added = last - time;
        }

        stamps[2] = Read(TimeProvider.System);
        return last = Math.Max(last, time + added);
    }

    /// <returns>Never 0, which is no stamp.</returns>
    private static long StandInLocked(long[] stamps)
    {
        var system = Read(TimeProvider.System);
        stamps[2] = stamps[2] == 0 ? system - 1 : stamps[2];
        return stamps[0] + (system - stamps[2]);
    }

    /// <summary>In integers: a clock that counts from the year 1, as fake ones do, exceeds what a double holds exactly.</summary>
    private static long ToTicks(long timestamp, long frequency) => frequency switch
    {
        TimeSpan.TicksPerSecond => timestamp,
        <= 0 => throw new InvalidOperationException($"Its {nameof(TimeProvider.TimestampFrequency)} is {frequency}."),
        _ => (long)((Int128)timestamp * TimeSpan.TicksPerSecond / frequency),
    };
}

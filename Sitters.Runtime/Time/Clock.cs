using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Time;

/// <summary>Time stamps in ticks (100 ns) of <see cref="Sitter.TimeProvider"/>, for differences only.</summary>
internal static class Clock
{
    /// <summary>Now. The system's clock is read at its coarse but cheap resolution, because it is read in every call.</summary>
    public static long Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Read(Sitter.TimeProvider);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Read(TimeProvider provider) => provider == TimeProvider.System
        ? Environment.TickCount64 * TimeSpan.TicksPerMillisecond
        : ToTicks(provider.GetTimestamp(), provider.TimestampFrequency);

    /// <summary>In integers: a clock that counts from the year 1, as fake ones do, exceeds what a double holds exactly.</summary>
    private static long ToTicks(long timestamp, long frequency) =>
        frequency == TimeSpan.TicksPerSecond ? timestamp : (long)((Int128)timestamp * TimeSpan.TicksPerSecond / frequency);
}

using System.Runtime.CompilerServices;

namespace Sitters.Runtime;

/// <summary>Time stamps in ticks (100 ns) of <see cref="Sitter.TimeProvider"/>, for differences only.</summary>
internal static class Clock
{
    /// <summary>Now. The system's clock is read at its coarse and cheap resolution: it is read in every call.</summary>
    public static long Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var provider = Sitter.TimeProvider;
            return provider == TimeProvider.System
                ? Environment.TickCount64 * TimeSpan.TicksPerMillisecond
                : provider.GetElapsedTime(0, provider.GetTimestamp()).Ticks;
        }
    }
}

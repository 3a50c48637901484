using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Time;

/// <summary>
/// The time since when each await has been waiting: read at every suspension, and therefore cheaper and coarser than the system's clock.
/// Where suspensions are frequent, a thread writes it down some 40 times a second; where they are not, the clock is read.
/// </summary>
internal static class CoarseTime
{
    /// <summary>The unit, as a power of two of milliseconds: 16 ms. A year then fits into an int.</summary>
    private const int Shift = 4;

    /// <summary>So many reads within one unit, some 2,000 a second, are frequent.</summary>
    private const int Frequent = 32;

    // Written by any thread without synchronisation: an old value costs an exact read, or a tick more. No initializers, for which each read
    // would have to check.

    /// <summary>Now; 0 while nobody writes it down.</summary>
    private static int _now;
    private static bool _isUsed;
    private static int _lastRead;
    private static int _reads;

    /// <summary>In units since some moment; never 0.</summary>
    public static int Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var now = _now;
            if (now == 0)
            {
                return ReadClock();
            }

            if (!_isUsed)
            {
                _isUsed = true;
            }

            return now;
        }
    }

    /// <summary>How long ago that was.</summary>
    public static TimeSpan Since(int then) => TimeSpan.FromMilliseconds((long)Math.Max(0, unchecked(Exact - then)) << Shift);

    private static int Exact => (int)(Environment.TickCount64 >> Shift) is var now && now == 0 ? 1 : now;

    /// <summary>Somebody has read it since it was last written down, or has asked for that.</summary>
    public static bool IsUsed => _isUsed;

    /// <summary>Writes the time down.</summary>
    /// <returns>Whether anybody has read it since the last time; if not, it is not written down any longer.</returns>
    public static bool Tick()
    {
        var isUsed = _isUsed;
        _isUsed = false;
        _now = isUsed ? Exact : 0;
        return isUsed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadClock()
    {
        var now = Exact;
        if (now != _lastRead)
        {
            _lastRead = now;
            _reads = 0;
        }
        else if (++_reads == Frequent)
        {
            _isUsed = true;
            _now = now;
            TimeThread.StartTicking();
        }

        return now;
    }
}

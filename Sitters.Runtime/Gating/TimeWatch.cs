using System.Runtime.CompilerServices;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Gating;

/// <summary>
/// Has running code look at the clock from time to time, if a limit applies to it. A call that has suspended is interrupted by its
/// deadline; one that has not is known to nobody, and pays nothing for its limit until then.
/// </summary>
internal static class TimeWatch
{
    /// <summary>
    /// So many ticks that find nobody end the ticks. About a second, so that a program whose calls are few does not wake it often.
    /// </summary>
    private const int Patience = 40;

    /// <summary>How many of the scopes that a thread is in are made to look: any of them may be the next to come to an await.</summary>
    private const int Depth = 64;

    /// <summary>Used by the thread that ticks.</summary>
    private static int _idleTicks;

    /// <summary>Code with a limit has begun: its thread's slot says so already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Begin()
    {
        // The frequent side of the fence protocol (docs/internals/concurrency.md): the slot is written before this is read.
        if (!TimeThread.IsTicking)
        {
            Start();
        }
    }

    /// <summary>At start-up: the thread may tick for others before there is a limit.</summary>
    public static void Connect() => TimeThread.OnTick = OnTick;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Start() => TimeThread.StartTicking();

    /// <returns>Whether the ticks are needed any longer.</returns>
    private static bool OnTick()
    {
        _idleTicks++;
        foreach (var innermost in ThreadSlot.InnermostScopes())
        {
            if (innermost.Outwards.Any(static scope => scope.Plan is { HasLimits: true }))
            {
                _idleTicks = 0;
                foreach (var scope in innermost.Outwards.Take(Depth))
                {
                    scope.LookAtClockSoon();
                }
            }
        }

        return _idleTicks < Patience;
    }
}

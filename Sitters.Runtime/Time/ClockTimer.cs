namespace Sitters.Runtime.Time;

/// <summary>What every timer on a clock of the user's has in common.</summary>
internal static class ClockTimer
{
    /// <summary>A timer takes less than 2^32 ms, which is 49.7 days: for a later time it is set again and again.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(49);

    /// <summary>A timer that is not set. It may outlive the code that makes it, and does not keep its ExecutionContext.</summary>
    public static ITimer Create(TimeProvider clock, TimerCallback callback, object state)
    {
        var suppressed = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            return clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            suppressed?.Undo();
        }
    }

    /// <summary>Sets it, to ring once: in that time, or before where that is long.</summary>
    public static void Set(ITimer timer, TimeSpan time) => timer.Change(time > _longest ? _longest : time, Timeout.InfiniteTimeSpan);
}

namespace Sitters.Runtime.Time;

/// <summary>
/// A timer on a clock of the user's, which may fail wherever it is touched. The system's takes its place then: who waits for it must not wait
/// for ever. After a failure it may ring more than once, or early.
/// </summary>
internal sealed class ClockTimer(TimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    /// <summary>A timer takes less than 2^32 ms, which is 49.7 days: for a later time it is set again and again.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(49);

    private ITimer? _timer;
    private ITimer? _substitute;
    private volatile bool _isDisposed;

    /// <summary>Sets it, to ring once: in that time, or before where that is long. By one thread at a time.</summary>
    /// <returns>What the clock has thrown.</returns>
    public Exception? Set(TimeSpan time) => Set(time > _longest ? _longest : time, Timeout.InfiniteTimeSpan);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Clock.Report(Set(dueTime, period));
        return !_isDisposed;
    }

    public void Dispose()
    {
        _isDisposed = true;
        Interlocked.MemoryBarrier();
        _substitute?.Dispose();
        try
        {
            _timer?.Dispose();
        }
        catch (Exception failure)
        {
            Clock.Report(failure);
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private Exception? Set(TimeSpan dueTime, TimeSpan period)
    {
        try
        {
            if (_timer is null)
            {
                _timer = On(clock, dueTime, period);

                // Either this thread sees that it was disposed of, or who does that sees the timer. The same for the substitute.
                Interlocked.MemoryBarrier();
                if (_isDisposed)
                {
                    _timer.Dispose();
                }
            }
            else if (!_timer.Change(dueTime, period) && !_isDisposed)
            {
                throw new InvalidOperationException($"{_timer.GetType()} of {clock.GetType()} says that it was not set.");
            }

            _substitute?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return null;
        }
        catch (Exception failure)
        {
            Substitute(dueTime, period);
            return failure;
        }
    }

    private void Substitute(TimeSpan dueTime, TimeSpan period)
    {
        _substitute ??= On(TimeProvider.System, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _substitute.Change(dueTime, period);
        Interlocked.MemoryBarrier();
        if (_isDisposed)
        {
            _substitute.Dispose();
        }
    }

    /// <summary>It may outlive the code that makes it, and does not keep its ExecutionContext.</summary>
    private ITimer On(TimeProvider provider, TimeSpan dueTime, TimeSpan period)
    {
        var suppressed = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            return provider.CreateTimer(callback, state, dueTime, period)
                ?? throw new InvalidOperationException($"{clock.GetType()} has made no timer.");
        }
        finally
        {
            suppressed?.Undo();
        }
    }
}

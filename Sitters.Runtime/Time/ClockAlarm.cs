namespace Sitters.Runtime.Time;

/// <summary>An alarm on a clock of the user's: a timer of that clock, which is code of the user's.</summary>
/// <param name="clock">The clock.</param>
/// <param name="ring">Called with the time that it was set for, or with none where it rings once more than it was set.</param>
internal sealed class ClockAlarm(TimeProvider clock, Action<long> ring) : Alarm
{
    /// <summary>Timers count whole milliseconds, and with a fake clock a timer of none would fire on this thread.</summary>
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);

    private readonly object _lock = new();

    // Guarded by the lock.
    private long _wanted = Never;
    private long _applied = Never;
    private bool _isApplying;

    /// <summary>Used by whoever applies a change, one after the other.</summary>
    private ClockTimer? _timer;

    public override void Want(long time)
    {
        lock (_lock)
        {
            _wanted = time;
        }
    }

    public override Exception? Apply()
    {
        Exception? failure = null;
        while (TryBegin() is { } time)
        {
            failure = Set(time) ?? failure;
            lock (_lock)
            {
                _isApplying = false;
            }
        }

        return failure;
    }

    /// <returns>What to apply; null if that is done, or another thread does it.</returns>
    private long? TryBegin()
    {
        lock (_lock)
        {
            if (_isApplying || _wanted == _applied)
            {
                return null;
            }

            // Noted before the timer is set: from then on it may ring, and say that nothing is applied any more.
            _isApplying = true;
            return _applied = _wanted;
        }
    }

    private Exception? Set(long time)
    {
        _timer ??= new ClockTimer(clock, static state => ((ClockAlarm)state!).OnTimer(), this);
        if (time == Never)
        {
            return _timer.Set(Timeout.InfiniteTimeSpan);
        }

        // For a time that is too long it rings early, and is set again.
        var wait = TimeSpan.FromTicks(time - Clock.Read(clock, out var failure));
        return _timer.Set(wait < _shortest ? _shortest : wait) ?? failure;
    }

    private void OnTimer()
    {
        long time;
        lock (_lock)
        {
            // It rings once: what is wanted next has to be applied, even if that is the same time again.
            time = _applied == Never ? 0 : _applied;
            _applied = Never;
        }

        ring(time);
    }
}

namespace Sitters.Runtime.Time;

/// <summary>An alarm on a clock of the user's: a timer of that clock, which is code of the user's.</summary>
/// <param name="clock">The clock.</param>
/// <param name="ring">Called with the time that it was set for, or with none where it rings once more than it was set.</param>
internal sealed class ClockAlarm(TimeProvider clock, Action<long> ring) : Alarm
{
    /// <summary>Timers count whole milliseconds.</summary>
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>What the timer is set for has to be looked at again: nobody wants that time.</summary>
    private const long Unknown = long.MinValue;

    /// <summary>A clock may move each time that it is read.</summary>
    private const int MostRepeated = 3;

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
        for (var repeated = 0; TryBegin() is { } time; repeated++)
        {
            failure = Set(time, out var isLate) ?? failure;
            lock (_lock)
            {
                _isApplying = false;
                if (isLate && _applied == time && repeated < MostRepeated)
                {
                    _applied = Unknown;
                }
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

    /// <param name="time">When it is to ring.</param>
    /// <param name="isLate">
    /// A timer counts from when it is set: by as much as the clock has moved while that was done, it rings too late.
    /// </param>
    private Exception? Set(long time, out bool isLate)
    {
        isLate = false;
        _timer ??= new ClockTimer(clock, static state => ((ClockAlarm)state!).OnTimer(), this);
        if (time == Never)
        {
            return _timer.Set(Timeout.InfiniteTimeSpan);
        }

        // For a time that is too long it rings early, and is set again.
        var now = Clock.Read(clock, out var failure);
        var wait = TimeSpan.FromTicks(time - now);
        if (wait <= TimeSpan.Zero)
        {
            // Not by a timer of no time, which some clocks ring on this thread, nor by one of a little, which a clock that stands still never does.
            ThreadPool.UnsafeQueueUserWorkItem(static alarm => alarm.OnTimer(), this, preferLocal: false);
            return _timer.Set(Timeout.InfiniteTimeSpan) ?? failure;
        }

        failure = _timer.Set(wait < _shortest ? _shortest : wait) ?? failure;
        isLate = Clock.Read(clock, out var unread) - now >= _shortest.Ticks;
        return failure ?? unread;
    }

    private void OnTimer()
    {
        long time;
        lock (_lock)
        {
            // It rings once: what is wanted next has to be applied, even if that is the same time again.
            time = _applied is Never or Unknown ? 0 : _applied;

            // Whoever sets it right now may do so after it has rung.
            _applied = _isApplying ? Unknown : Never;
        }

        ring(time);
    }
}

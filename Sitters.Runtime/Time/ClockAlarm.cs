namespace Sitters.Runtime.Time;

/// <summary>An alarm on a clock of the user's: a timer of that clock, which is code of the user's.</summary>
internal sealed class ClockAlarm(TimeProvider clock, Action ring) : Alarm
{
    /// <summary>Timers count whole milliseconds, and with a fake clock a timer of none would fire on this thread.</summary>
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>No time that is ever wanted.</summary>
    private const long Unknown = long.MinValue;

    private readonly object _lock = new();

    // Guarded by the lock.
    private long _wanted = Never;
    private long _applied = Never;
    private bool _isApplying;

    /// <summary>Used by whoever applies a change, one after the other.</summary>
    private ITimer? _timer;

    public override void Want(long time)
    {
        lock (_lock)
        {
            _wanted = time;
        }
    }

    public override void Apply()
    {
        while (TryBegin() is { } time)
        {
            try
            {
                Set(time);
                End();
            }
            catch
            {
                End(hasFailed: true);
                throw;
            }
        }
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

    /// <param name="hasFailed">Then whoever applies something next tries again.</param>
    private void End(bool hasFailed = false)
    {
        lock (_lock)
        {
            _isApplying = false;
            _applied = hasFailed ? Unknown : _applied;
        }
    }

    private void Set(long time)
    {
        _timer ??= ClockTimer.Create(clock, static state => ((ClockAlarm)state!).OnTimer(), this);
        if (time == Never)
        {
            ClockTimer.Set(_timer, Timeout.InfiniteTimeSpan);
        }
        else
        {
            // For a time that is too long it rings early, and is set again.
            var wait = TimeSpan.FromTicks(time - Clock.Read(clock));
            ClockTimer.Set(_timer, wait < _shortest ? _shortest : wait);
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            // It rings once: what is wanted next has to be applied, even if that is the same time again.
            _applied = Never;
        }

        ring();
    }
}

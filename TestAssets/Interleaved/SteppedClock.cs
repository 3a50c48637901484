namespace Interleaved;

/// <summary>A clock that stands still until somebody moves it, on whose thread its timers then ring. It has no lock of its own.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private readonly List<Ring> _armed = [];
    private long _now = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>So many timers are set.</summary>
    public int Armed => _armed.Count;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(_now);

    public override long GetTimestamp()
    {
        Order.Note(this);
        return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var ring = new Ring(this, () => callback(state));
        ring.Change(dueTime, period);
        return ring;
    }

    public void Advance(TimeSpan time)
    {
        Order.Note(this);
        _now += time.Ticks;
        while (_armed.Where(ring => ring.DueAt <= _now).MinBy(ring => ring.DueAt) is { } due)
        {
            _armed.Remove(due);
            due.Call();
        }
    }

    private sealed class Ring(SteppedClock clock, Action callback) : ITimer
    {
        public long DueAt { get; private set; }

        public void Call() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Order.Note(clock);
            clock._armed.Remove(this);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                DueAt = clock._now + dueTime.Ticks;
                clock._armed.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            Order.Note(clock);
            clock._armed.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

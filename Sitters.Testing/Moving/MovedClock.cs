using Microsoft.Extensions.Time.Testing;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;

namespace Sitters.Testing.Moving;

/// <summary>A clock that stands still until somebody moves it, and that knows which timers wait for it.</summary>
internal sealed class MovedClock : FakeTimeProvider, ITimers
{
    /// <summary>Guarded by itself, as are the times of the timers.</summary>
    private readonly HashSet<Timer> _armed = [];
    private readonly Presence _presence;

    /// <param name="startAt">What it shows at the beginning.</param>
    /// <param name="presence">Is told that a timer was set, or has rung.</param>
    public MovedClock(DateTimeOffset startAt, Presence presence)
        : base(startAt) => _presence = presence;

    /// <remarks>Not one that has rung while nobody has come to hear it yet: it waits for them.</remarks>
    public bool HasPeriodic => Any(timer => timer.IsPeriodic && timer.RangAt < _presence.Entries);

    /// <summary>When the next timer rings, in ticks of <see cref="FakeTimeProvider.GetTimestamp"/>; null if none waits.</summary>
    public long? NextAt
    {
        get
        {
            lock (_armed)
            {
                return _armed.Count == 0 ? null : _armed.Min(static timer => timer.DueAt);
            }
        }
    }

    public bool HasDelayOf(Stretch stretch) =>
        stretch.Frame is not null && Any(timer => timer.IsDelay && timer.Maker == stretch);

    // A delay counts whole milliseconds.
    public bool HasDelayUntil(long time) =>
        Any(timer => timer.IsDelay && Math.Abs(timer.DueAt - time) <= TimeSpan.TicksPerMillisecond);

    /// <summary>Moves to a time. Code that waits for it may run right here.</summary>
    public void MoveTo(long time) => Advance(TimeSpan.FromTicks(Math.Max(0, time - GetTimestamp())));

    /// <summary>Moves on by the shortest there is.</summary>
    public void MoveOn() => Advance(TimeSpan.FromTicks(1));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new Timer(this, callback, state);
        timer.Start(base.CreateTimer(static state => ((Timer)state!).OnTimer(), timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    private bool Any(Func<Timer, bool> which)
    {
        lock (_armed)
        {
            return _armed.Any(which);
        }
    }

    /// <param name="timer">The timer.</param>
    /// <param name="dueAt">When it rings; null for never.</param>
    private void Set(Timer timer, long? dueAt)
    {
        lock (_armed)
        {
            timer.DueAt = dueAt ?? 0;
            if (dueAt is null)
            {
                _armed.Remove(timer);
            }
            else
            {
                _armed.Add(timer);
            }
        }

        _presence.Note();
    }

    private sealed class Timer(MovedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private ITimer _timer = null!;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        /// <summary>The code that made it.</summary>
        public Stretch Maker { get; } = Stretch.Running;

        /// <summary>A Task.Delay has itself as the state; that of WaitAsync, which limits something else, is generic.</summary>
        public bool IsDelay { get; } = state is Task && !state.GetType().IsGenericType;

        public bool IsPeriodic => _period > TimeSpan.Zero;

        public long DueAt { get; set; }

        /// <summary>How often code of the test had begun to run when it rang last.</summary>
        public long RangAt { get; private set; } = -1;

        public void Start(ITimer timer) => _timer = timer;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                clock.Set(this, null);
                return _timer.Change(dueTime, period);
            }

            // Noted before, because it may ring right here; and after, because the clock may have moved meanwhile: not before it rings.
            clock.Set(this, clock.GetTimestamp() + dueTime.Ticks);
            if (!_timer.Change(dueTime, period))
            {
                clock.Set(this, null);
                return false;
            }

            lock (clock._armed)
            {
                if (clock._armed.Contains(this) && !IsPeriodic)
                {
                    DueAt = Math.Max(DueAt, clock.GetTimestamp() + dueTime.Ticks);
                }
            }

            return true;
        }

        public void OnTimer()
        {
            RangAt = clock._presence.Entries;
            clock.Set(this, IsPeriodic ? clock.GetTimestamp() + _period.Ticks : null);
            callback(state);
        }

        public void Dispose()
        {
            clock.Set(this, null);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

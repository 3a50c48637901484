using System.Collections.Concurrent;
using System.Diagnostics;

namespace Storm;

/// <summary>
/// A clock that goes as the system's does, and jumps: its time forward, as where a machine has slept, its date both ways. Its timers
/// are told of that by a thread of its own, whatever holds up the thread pool; their callbacks run on the pool, as the system's do.
/// </summary>
internal sealed class JumpingClock : TimeProvider
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentDictionary<Timer, bool> _armed = new();
    private long _ahead;
    private long _aside;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many of its timers are to fire yet.</summary>
    public int Armed => _armed.Count;

    public static JumpingClock Start()
    {
        var clock = new JumpingClock();
        new Thread(clock.Run) { IsBackground = true, Name = "clock" }.Start();
        return clock;
    }

    public override long GetTimestamp() => Stopwatch.GetElapsedTime(0).Ticks + Volatile.Read(ref _ahead);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddTicks(Volatile.Read(ref _aside));

    public void Jump(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public void SetDate(TimeSpan aside) => Volatile.Write(ref _aside, aside.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Run()
    {
        while (true)
        {
            Thread.Sleep(_tick);
            var now = GetTimestamp();
            foreach (var (timer, _) in _armed)
            {
                timer.FireIfDue(now);
            }
        }
    }

    private sealed class Timer(JumpingClock clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly Lock _lock = new();

        // Begun where flow was suppressed, it runs its callback without.
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private long _due;
        private TimeSpan _period;
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                if (_isDisposed)
                {
                    return false;
                }

                _period = period;
                _due = clock.GetTimestamp() + dueTime.Ticks;
                SetArmed(dueTime != Timeout.InfiniteTimeSpan);
                return true;
            }
        }

        public void FireIfDue(long now)
        {
            lock (_lock)
            {
                if (_isDisposed || now < _due || !clock._armed.ContainsKey(this))
                {
                    return;
                }

                _due = now + _period.Ticks;
                SetArmed(_period > TimeSpan.Zero);
            }

            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Call(), this, preferLocal: false);
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _isDisposed = true;
                SetArmed(false);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Call()
        {
            if (_context is null)
            {
                callback(state);
            }
            else
            {
                ExecutionContext.Run(_context, static timer => ((Timer)timer!).CallInContext(), this);
            }
        }

        private void CallInContext() => callback(state);

        /// <summary>Under its lock. What is not armed is not held either.</summary>
        private void SetArmed(bool isArmed)
        {
            if (isArmed)
            {
                clock._armed[this] = true;
            }
            else
            {
                clock._armed.TryRemove(this, out _);
            }
        }
    }
}

using System.Diagnostics;

namespace Sitters.Runtime.Time;

/// <summary>
/// One background thread for everything that has its time: it rings alarms, and while somebody watches, it ticks. Timers would need the
/// thread pool, and be late where all of its threads are busy. Nothing of the user's runs on it.
/// </summary>
/// <remarks>It ends when it has had nothing to do for a while: a thread would keep an assembly that can be unloaded.</remarks>
internal static class TimeThread
{
    /// <summary>How late a tick makes what waits for it, at most, on a machine that is not overloaded.</summary>
    private const long Tick = 25 * TimeSpan.TicksPerMillisecond;

    /// <summary>How long the thread waits for something to do. Short enough for an assembly to be unloaded soon.</summary>
    private const long Patience = 2 * TimeSpan.TicksPerSecond;

    private static readonly object _lock = new();

    /// <summary>Every alarm that was ever set: one for each limit that code names. Guarded by the lock, as the next two.</summary>
    private static readonly HashSet<SystemAlarm> _alarms = [];
    private static Thread? _thread;
    private static long _idleSince;

    /// <summary>Written under the lock.</summary>
    private static long _sleepsUntil = long.MinValue;

    /// <summary>Written under the lock by those who start it, and by the thread.</summary>
    private static volatile bool _isTicking;

    /// <summary>Called at each tick, and tells whether it is needed any longer. Set before anything of this assembly runs, by a layer above.</summary>
    public static Func<bool> OnTick { get; set; } = null!;

    /// <summary>Whether it ticks. Goes back to false some time after nobody has needed it any more.</summary>
    public static bool IsTicking => _isTicking;

    /// <summary>
    /// When the thread looks at the alarms next, by <see cref="Clock"/>; far in the past while it does so, and in the future while there is
    /// no thread.
    /// </summary>
    public static long SleepsUntil => Volatile.Read(ref _sleepsUntil) is var time && time == long.MinValue ? Alarm.Never : time;

    public static void StartTicking()
    {
        lock (_lock)
        {
            _isTicking = true;
            WakeLocked();
        }
    }

    public static void WakeFor(SystemAlarm alarm)
    {
        lock (_lock)
        {
            _alarms.Add(alarm);
            WakeLocked();
        }
    }

    private static void WakeLocked()
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The thread is guarded by the lock.");
        _idleSince = Clock.Read(TimeProvider.System);
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "Sitters: time" };
            _thread.UnsafeStart();
        }
        else
        {
            Monitor.Pulse(_lock);
        }
    }

    private static void Run()
    {
        List<SystemAlarm> due = [];
        while (WaitForWork(due))
        {
            due.ForEach(static alarm => alarm.Ring());
            if (_isTicking && !(CoarseTime.Tick() | OnTick()))
            {
                _isTicking = false;

                // Whoever begins something now either sees that it must start the ticks, or is seen by this last one.
                Interlocked.MemoryBarrierProcessWide();
                if (CoarseTime.IsUsed | OnTick())
                {
                    _isTicking = true;
                }
            }
        }
    }

    /// <returns>False if the thread ends, because it has had nothing to do for long.</returns>
    private static bool WaitForWork(List<SystemAlarm> due)
    {
        due.Clear();
        lock (_lock)
        {
            var nextTick = Clock.Read(TimeProvider.System) + Tick;
            while (true)
            {
                var now = Clock.Read(TimeProvider.System);
                var until = Math.Min(_isTicking ? nextTick : Alarm.Never, now + Patience);
                Volatile.Write(ref _sleepsUntil, until);
                Interlocked.MemoryBarrier();
                foreach (var alarm in _alarms)
                {
                    until = Math.Min(until, alarm.Time);
                    _idleSince = alarm.Time == Alarm.Never ? _idleSince : now;
                    if (alarm.Time <= now)
                    {
                        due.Add(alarm);
                    }
                }

                if (due.Count > 0 || (_isTicking && now >= nextTick))
                {
                    return true;
                }

                if (!_isTicking && now - _idleSince > Patience)
                {
                    _thread = null;
                    Volatile.Write(ref _sleepsUntil, long.MinValue);
                    return false;
                }

                Volatile.Write(ref _sleepsUntil, until);
                Monitor.Wait(_lock, (int)Math.Max(1, (until - now) / TimeSpan.TicksPerMillisecond));
            }
        }
    }
}

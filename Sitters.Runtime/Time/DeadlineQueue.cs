using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Time;

/// <summary>
/// The running deadlines of one limit and one clock, in the order in which they are due. That is mostly the order in which they start,
/// so that adding and removing one changes only a few links, and one alarm serves them all.
/// </summary>
internal sealed class DeadlineQueue
{
    private static readonly ConcurrentDictionary<long, DeadlineQueue> _ofSystem = new();

    /// <summary>
    /// For each clock of the user's a dictionary as above, kept by its queues. Held weakly, by the framework's own types: a clock that
    /// outlives this assembly, which can be unloaded, must not keep it.
    /// </summary>
    private static readonly ConditionalWeakTable<TimeProvider, WeakReference> _ofUsers = [];

    private readonly object _lock = new();
    private readonly TimeProvider _clock;
    private readonly Alarm _alarm;
    private readonly ConcurrentDictionary<long, DeadlineQueue> _siblings;

    // Guarded by the lock.
    private Deadline? _first;
    private Deadline? _last;

    private DeadlineQueue(long limit, TimeProvider clock, ConcurrentDictionary<long, DeadlineQueue> siblings)
    {
        Limit = limit;
        _clock = clock;
        _siblings = siblings;
        _alarm = clock == TimeProvider.System ? new SystemAlarm(OnAlarm) : new ClockAlarm(clock, OnAlarm);
    }

    /// <summary>In ticks.</summary>
    public long Limit { get; }

    /// <summary>Runs code of the user's, if the clock is not the system's: under no lock.</summary>
    public long Now => Clock.Read(_clock);

    public static DeadlineQueue For(TimeSpan limit, TimeProvider clock)
    {
        var queues = clock == TimeProvider.System ? _ofSystem : OfUsers(clock);
        return queues.GetOrAdd(limit.Ticks, static (ticks, of) => new DeadlineQueue(ticks, of.clock, of.queues), (clock, queues));
    }

    /// <summary>This queue, or the one of another clock for the same limit.</summary>
    public DeadlineQueue On(TimeProvider clock) => _clock == clock ? this : For(TimeSpan.FromTicks(Limit), clock);

    /// <returns>False if its time is over by now; the caller has it expire, under no lock.</returns>
    public bool TryAdd(Deadline deadline, long now)
    {
        if (deadline.DueAt <= now)
        {
            return false;
        }

        lock (_lock)
        {
            if (deadline.IsQueued)
            {
                return true;
            }

            deadline.IsQueued = true;
            var earlier = _last;
            while (earlier is not null && earlier.DueAt > deadline.DueAt)
            {
                earlier = earlier.Earlier;
            }

            LinkLocked(deadline, earlier);
            if (earlier is null)
            {
                _alarm.Want(deadline.DueAt);
            }
        }

        return true;
    }

    public void Remove(Deadline deadline)
    {
        lock (_lock)
        {
            if (deadline.IsQueued)
            {
                UnlinkLocked(deadline);
                if (_first is null)
                {
                    // With deadlines left, it stays as it is: it finds out when it rings.
                    _alarm.Want(Alarm.Never);
                }
            }
        }
    }

    /// <summary>Sets the alarm after deadlines were added or removed. May run code of the user's: under no lock.</summary>
    /// <returns>What that has thrown, which costs no deadline anything.</returns>
    public Exception? SetAlarm() => _alarm.Apply();

    /// <param name="time">What the alarm was set for.</param>
    private void OnAlarm(long time)
    {
        List<Deadline>? expired = null;
        Deadline? next;
        var now = Clock.Read(_clock, out var failure);
        if (failure is not null)
        {
            // It rings because that time has come.
            now = Math.Max(now, time);
        }

        lock (_lock)
        {
            while (_first is { } first && first.DueAt <= now)
            {
                UnlinkLocked(first);
                (expired ??= []).Add(first);
            }

            next = _first;
            _alarm.Want(next?.DueAt ?? Alarm.Never);
        }

        failure = _alarm.Apply() ?? failure;
        expired?.ForEach(Expire);
        if (failure is not null)
        {
            // A clock of the user's. Most ring on a thread of the pool, where what is thrown would end the process.
            Tell(expired?[0] ?? next, failure);
        }
    }

    private static void Tell(Deadline? deadline, Exception failure)
    {
        if (deadline is null)
        {
            Clock.Report(failure);
        }
        else
        {
            deadline.OnClockFailed(failure);
        }
    }

    private void Expire(Deadline deadline)
    {
        if (_clock == TimeProvider.System)
        {
            // Each by itself: what it does may hold up its own call, and no other.
            ThreadPool.UnsafeQueueUserWorkItem(static overdue => overdue.Expire(), deadline, preferLocal: false);
        }
        else
        {
            deadline.Expire();
        }
    }

    private static ConcurrentDictionary<long, DeadlineQueue> OfUsers(TimeProvider clock)
    {
        var weak = _ofUsers.GetValue(clock, static _ => new WeakReference(null));
        lock (weak)
        {
            if (weak.Target is ConcurrentDictionary<long, DeadlineQueue> queues)
            {
                return queues;
            }

            queues = new ConcurrentDictionary<long, DeadlineQueue>();
            weak.Target = queues;
            return queues;
        }
    }

    private void LinkLocked(Deadline deadline, Deadline? earlier)
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The links are guarded by the lock.");
        var later = earlier is null ? _first : earlier.Later;
        deadline.Earlier = earlier;
        deadline.Later = later;
        if (earlier is null)
        {
            _first = deadline;
        }
        else
        {
            earlier.Later = deadline;
        }

        if (later is null)
        {
            _last = deadline;
        }
        else
        {
            later.Earlier = deadline;
        }
    }

    private void UnlinkLocked(Deadline deadline)
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The links are guarded by the lock.");
        if (deadline.Earlier is { } earlier)
        {
            earlier.Later = deadline.Later;
        }
        else
        {
            _first = deadline.Later;
        }

        if (deadline.Later is { } later)
        {
            later.Earlier = deadline.Earlier;
        }
        else
        {
            _last = deadline.Earlier;
        }

        deadline.Earlier = deadline.Later = null;
        deadline.IsQueued = false;
    }
}

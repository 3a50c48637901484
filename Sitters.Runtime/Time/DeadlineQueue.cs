using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Time;

/// <summary>
/// The running deadlines of one limit and one clock, in the order in which they are due. That is mostly the order in which they start,
/// so that adding and removing one changes only a few links, and one timer serves them all.
/// </summary>
internal sealed class DeadlineQueue
{
    private static readonly ConditionalWeakTable<TimeProvider, ConcurrentDictionary<long, DeadlineQueue>> _queues = [];

    /// <summary>Timers count whole milliseconds, and with a fake clock a timer of none would fire on this thread, under the lock.</summary>
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// A timer takes less than 2^32 ms, which is 49.7 days. For a later deadline it fires early, and is set again.
    /// </summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(49);

    private readonly object _lock = new();
    private readonly TimeProvider _timeProvider;

    // Guarded by the lock.
    private Deadline? _first;
    private Deadline? _last;
    private ITimer? _timer;
    private long _timerDueAt = long.MaxValue;

    private DeadlineQueue(long limit, TimeProvider timeProvider)
    {
        Limit = limit;
        _timeProvider = timeProvider;
    }

    /// <summary>In ticks.</summary>
    public long Limit { get; }

    public long Now => Clock.Read(_timeProvider);

    public static DeadlineQueue For(TimeSpan limit)
    {
        var clock = Sitter.TimeProvider;
        return _queues.GetOrCreateValue(clock).GetOrAdd(limit.Ticks, static (ticks, provider) => new DeadlineQueue(ticks, provider), clock);
    }

    /// <summary>This queue, or if the clock was swapped in the meantime, the one of the current clock for the same limit.</summary>
    public DeadlineQueue OnCurrentClock() => _timeProvider == Sitter.TimeProvider ? this : For(TimeSpan.FromTicks(Limit));

    public void Add(Deadline deadline)
    {
        if (deadline.DueAt <= Now)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static overdue => overdue.Expire(), deadline, preferLocal: false);
            return;
        }

        lock (_lock)
        {
            if (deadline.IsQueued)
            {
                return;
            }

            deadline.IsQueued = true;
            var earlier = _last;
            while (earlier is not null && earlier.DueAt > deadline.DueAt)
            {
                earlier = earlier.Earlier;
            }

            LinkLocked(deadline, earlier);
            if (_timerDueAt > deadline.DueAt)
            {
                SetTimerLocked(deadline.DueAt);
            }
        }
    }

    public void Remove(Deadline deadline)
    {
        lock (_lock)
        {
            if (deadline.IsQueued)
            {
                // The timer stays set: it finds out when it fires, and usually another deadline needs it by then.
                UnlinkLocked(deadline);
            }
        }
    }

    private void OnTimer()
    {
        List<Deadline>? expired = null;
        lock (_lock)
        {
            _timerDueAt = long.MaxValue;
            var now = Now;
            while (_first is { } first && first.DueAt <= now)
            {
                UnlinkLocked(first);
                (expired ??= []).Add(first);
            }

            if (_first is not null)
            {
                SetTimerLocked(_first.DueAt);
            }
        }

        expired?.ForEach(deadline => deadline.Expire());
    }

    private void SetTimerLocked(long dueAt)
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The timer is guarded by the lock.");
        _timer ??= CreateTimer(_timeProvider);
        _timerDueAt = dueAt;
        var wait = TimeSpan.FromTicks(dueAt - Now);
        _timer.Change(wait < _shortest ? _shortest : wait > _longest ? _longest : wait, Timeout.InfiniteTimeSpan);
    }

    private ITimer CreateTimer(TimeProvider provider)
    {
        // The timer outlives the call that happens to create it, and must not keep that call's ExecutionContext.
        var suppressed = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            return provider.CreateTimer(
                static state => ((DeadlineQueue)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            suppressed?.Undo();
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

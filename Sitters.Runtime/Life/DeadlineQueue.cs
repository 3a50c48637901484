using System.Collections.Concurrent;

namespace Sitters.Runtime;

/// <summary>
/// The deadlines of one limit that run now, ordered by when they are due. Calls mostly begin in the order in which they are due, so
/// adding and removing is a matter of a few links, and one timer serves them all.
/// </summary>
internal sealed class DeadlineQueue
{
    private static readonly ConcurrentDictionary<long, DeadlineQueue> _queues = new();
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);

    private Deadline? _first;
    private Deadline? _last;
    private TimeProvider? _timeProvider;
    private ITimer? _timer;
    private long _timerDueAt = long.MaxValue;

    private DeadlineQueue(long limit) => Limit = limit;

    /// <summary>In ticks.</summary>
    public long Limit { get; }

    public static DeadlineQueue For(TimeSpan limit) => _queues.GetOrAdd(limit.Ticks, static ticks => new DeadlineQueue(ticks));

    public void Add(Deadline deadline)
    {
        if (deadline.DueAt <= Clock.Now)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static overdue => overdue.Expire(), deadline, preferLocal: false);
            return;
        }

        lock (this)
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

            Link(deadline, earlier);
            if (_timerDueAt > deadline.DueAt || _timeProvider != Sitter.TimeProvider)
            {
                SetTimer(deadline.DueAt);
            }
        }
    }

    public void Remove(Deadline deadline)
    {
        lock (this)
        {
            if (deadline.IsQueued)
            {
                // The timer stays: it finds out when it fires, and most often another deadline needs it by then.
                Unlink(deadline);
            }
        }
    }

    private void OnTimer()
    {
        List<Deadline>? expired = null;
        lock (this)
        {
            _timerDueAt = long.MaxValue;
            var now = Clock.Now;
            while (_first is { } first && first.DueAt <= now)
            {
                Unlink(first);
                (expired ??= []).Add(first);
            }

            if (_first is not null)
            {
                SetTimer(_first.DueAt);
            }
        }

        expired?.ForEach(deadline => deadline.Expire());
    }

    private void SetTimer(long dueAt)
    {
        if (_timeProvider != Sitter.TimeProvider)
        {
            _timer?.Dispose();
            _timeProvider = Sitter.TimeProvider;
            _timer = CreateTimer(_timeProvider);
        }

        _timerDueAt = dueAt;
        var wait = TimeSpan.FromTicks(dueAt - Clock.Now);
        _timer!.Change(wait < _shortest ? _shortest : wait, Timeout.InfiniteTimeSpan);
    }

    private ITimer CreateTimer(TimeProvider provider)
    {
        // The timer outlives the call that happens to be first, and must not keep what flows with it.
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

    private void Link(Deadline deadline, Deadline? earlier)
    {
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

    private void Unlink(Deadline deadline)
    {
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

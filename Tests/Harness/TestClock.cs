using Microsoft.Extensions.Time.Testing;

namespace Tests.Harness;

/// <summary>A clock that stands still until a test moves it, and that tells which timers wait for it.</summary>
internal sealed class TestClock : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<Timer> _timers = [];
    private readonly List<TimeSpan> _armed = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How long each timer was to wait, in the order in which they were armed.</summary>
    public IReadOnlyList<double> Waits
    {
        get
        {
            lock (_lock)
            {
                return [.. _armed.Select(due => due.TotalSeconds)];
            }
        }
    }

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Completes when timers have been armed that often for so many seconds.</summary>
    public Task WhenArmed(double seconds, int times = 1) => Armed(seconds, times).InTime();

    /// <summary>Moves from timer to timer until the task has ended, whatever its outcome.</summary>
    public Task RunUntilEnd(Task task) => Run(task).InTime();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this);
        timer.Start(base.CreateTimer(
            s =>
            {
                timer.DueAt = null;
                callback(s);
            },
            state,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    private async Task Armed(double seconds, int times)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_armed.Count(due => due == TimeSpan.FromSeconds(seconds)) >= times)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed;
        }
    }

    private async Task Run(Task task)
    {
        while (!task.IsCompleted)
        {
            Task changed;
            DateTimeOffset? next;
            lock (_lock)
            {
                changed = _changed.Task;
                next = _timers.Min(timer => timer.DueAt);
            }

            if (next is { } due)
            {
                Advance(due - GetUtcNow());
            }
            else
            {
                await Task.WhenAny(task, changed);
            }
        }
    }

    private void Arm(Timer timer, TimeSpan dueTime)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            timer.DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : GetUtcNow() + dueTime;
            if (timer.DueAt is not null)
            {
                _timers.Add(timer);
                _armed.Add(dueTime);
            }

            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private void Forget(Timer timer)
    {
        lock (_lock)
        {
            timer.DueAt = null;
            _timers.Remove(timer);
        }
    }

    private sealed class Timer(TestClock clock) : ITimer
    {
        private ITimer _timer = null!;

        public DateTimeOffset? DueAt { get; set; }

        public void Start(ITimer timer) => _timer = timer;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            // Announced after it is set: a test that waits for it moves the clock at once.
            var isSet = _timer.Change(dueTime, period);
            clock.Arm(this, dueTime);
            return isSet;
        }

        public void Dispose()
        {
            clock.Forget(this);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

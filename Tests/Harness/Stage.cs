using System.Collections.Concurrent;
using AssemblyToProcess;

namespace Tests.Harness;

/// <summary>Where a subject says what it does, and waits until the test lets it go on.</summary>
internal sealed class Stage
{
    /// <summary>How long a test waits for something that must come before it counts as hanging.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, Action> _actions = new();
    private readonly ConcurrentDictionary<string, Point> _points = new();
    private readonly Signals _said = new();
    private volatile bool _isOpen;

    public IReadOnlyList<string> Lines => [.. _lines];

    public string Story => string.Join(", ", _lines);

    /// <summary>Tells each arrival at any point.</summary>
    public Action<string>? OnArrival { get; set; }

    /// <summary>Has a subject play here.</summary>
    public T Set<T>(T scene)
        where T : Scene
    {
        scene.Say = Say;
        scene.At = At;
        scene.Count = Count;
        return scene;
    }

    public int Count(string line) => _lines.Count(said => said == line);

    public void Say(string line)
    {
        _lines.Enqueue(line);
        if (_actions.TryGetValue(line, out var action))
        {
            action();
        }

        _said.Raise(line);
    }

    /// <summary>Runs something within the subject's own code, at the moment it says a line.</summary>
    public void When(string line, Action action) => _actions[line] = action;

    public Task At(string point)
    {
        OnArrival?.Invoke(point);
        var here = Get(point);
        if (_isOpen)
        {
            // Asked after the point is there: either this sees that all are open, or OpenAll finds the point.
            here.OpenForGood();
        }

        return here.Arrive();
    }

    /// <summary>Completes when the subject has come to a point for the given time.</summary>
    public Task Reached(string point, int times = 1) => Get(point).Reached(times).WaitAsync(Patience);

    public Task Said(string line, int times = 1) => _said.When(line, times).WaitAsync(Patience);

    public bool IsAt(string point) => Get(point).Arrivals > 0;

    /// <summary>Releases the code that waits at a point, on this very thread.</summary>
    public void Open(string point) => Get(point).Open();

    /// <summary>Releases the code that waits at these points, and any that comes to them later.</summary>
    public void OpenForGood(params string[] points)
    {
        foreach (var point in points)
        {
            Get(point).OpenForGood();
        }
    }

    public void Fail(string point, Exception exception) => Get(point).Fail(exception);

    public void OpenAll()
    {
        _isOpen = true;
        foreach (var point in _points.Values)
        {
            point.OpenForGood();
        }
    }

    private Point Get(string point) => _points.GetOrAdd(point, _ => new Point());

    private sealed class Point
    {
        private readonly Signals _arrivals = new();
        private List<TaskCompletionSource> _waiting = [];
        private bool _isOpen;
        private int _count;

        public int Arrivals => Volatile.Read(ref _count);

        public Task Reached(int times) => _arrivals.When("", times);

        public Task Arrive()
        {
            TaskCompletionSource? gate = null;
            lock (this)
            {
                _count++;
                if (!_isOpen)
                {
                    _waiting.Add(gate = new TaskCompletionSource());
                }
            }

            _arrivals.Raise("");
            return gate?.Task ?? Task.CompletedTask;
        }

        public void Open() => Take(false).ForEach(gate => gate.TrySetResult());

        public void OpenForGood() => Take(true).ForEach(gate => gate.TrySetResult());

        public void Fail(Exception exception) => Take(false).ForEach(gate => gate.TrySetException(exception));

        private List<TaskCompletionSource> Take(bool forGood)
        {
            lock (this)
            {
                _isOpen |= forGood;
                var waiting = _waiting;
                _waiting = [];
                return waiting;
            }
        }
    }

    /// <summary>Counts events by name, and completes tasks at a count.</summary>
    private sealed class Signals
    {
        private readonly Dictionary<string, int> _counts = [];
        private readonly List<(string Name, int Count, TaskCompletionSource Task)> _waiting = [];

        public void Raise(string name)
        {
            TaskCompletionSource[] due;
            lock (_counts)
            {
                var count = _counts[name] = _counts.GetValueOrDefault(name) + 1;
                due = [.. _waiting.Where(wait => wait.Name == name && wait.Count <= count).Select(wait => wait.Task)];
                _waiting.RemoveAll(wait => due.Contains(wait.Task));
            }

            foreach (var task in due)
            {
                task.TrySetResult();
            }
        }

        public Task When(string name, int count)
        {
            lock (_counts)
            {
                if (_counts.GetValueOrDefault(name) >= count)
                {
                    return Task.CompletedTask;
                }

                var task = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add((name, count, task));
                return task.Task;
            }
        }
    }
}

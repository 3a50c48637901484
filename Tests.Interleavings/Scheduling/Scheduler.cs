using System.Globalization;
using Tests.Interleavings.Exploring;

namespace Tests.Interleavings.Scheduling;

/// <summary>
/// Runs logical threads one at a time. Who runs can change only at a scheduling point, where the chooser decides: so a run is told by its
/// choices alone, and the same choices make the same run.
/// </summary>
internal sealed class Scheduler(IChooser chooser, Places places)
{
    /// <summary>A run with more of them does not end.</summary>
    private const int MostPoints = 50_000;

    /// <summary>For a run, which takes well under a millisecond.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [ThreadStatic]
    private static LogicalThread? _current;
    private static volatile Scheduler? _running;

    private readonly List<LogicalThread> _threads = [];
    private readonly List<LogicalThread> _ready = [];
    private readonly Dictionary<object, Lock> _locks = new(ReferenceEqualityComparer.Instance);
    private readonly SemaphoreSlim _over = new(0);
    private IChooser _chooser = chooser;
    private int _made;
    private LogicalThread? _turn;

    /// <summary>The logical thread that runs here; null on a thread that no schedule controls.</summary>
    public static LogicalThread? Current => _current;

    /// <summary>The scheduler of that thread.</summary>
    public static Scheduler? Mine => _current?.Scheduler;

    /// <summary>The run that is under way in the process.</summary>
    public static Scheduler? Running => _running;

    /// <summary>So many points have been passed.</summary>
    public int Points { get; private set; }

    /// <summary>Where the choices differed from what happens by itself.</summary>
    public Schedule Taken { get; } = new();

    /// <summary>What went wrong, if anything did.</summary>
    public string? Failure { get; private set; }

    /// <summary>A number made of all that happened, in its order.</summary>
    public ulong Trace { get; private set; }

    /// <summary>The same, in which what touches nothing in common has no order: runs that have it in common are in the same state.</summary>
    public ulong State { get; private set; }

    /// <summary>The run was not the one that its first choices had led to before.</summary>
    public bool HasStrayed { get; private set; }

    /// <summary>For the messages: what was touched last.</summary>
    public int LastPlace { get; private set; }

    /// <summary>Runs threads, and what they start, until nothing is left that can go on.</summary>
    /// <param name="bodies">The first one begins.</param>
    /// <param name="next">Decides from here on; null for the same as before.</param>
    public void Run(IEnumerable<(string Name, Action Body)> bodies, IChooser? next = null)
    {
        _chooser = next ?? _chooser;
        foreach (var (name, body) in bodies)
        {
            Add(name, body);
        }

        places.Forget();
        _running = this;
        try
        {
            _turn = _threads[0];
            Begin(_turn);
            if (!_over.Wait(_patience))
            {
                Fail($"thread {_turn} neither ends nor comes to a scheduling point: it waits for something that is not modelled, after place {LastPlace}");
            }
        }
        finally
        {
            _running = null;
        }
    }

    /// <summary>A new thread, which begins whenever the chooser wants.</summary>
    public LogicalThread Add(string name, Action body)
    {
        var maker = _current;
        var key = maker is null ? (ulong)_made : Places.Mix(maker.Past, (ulong)++maker.Made);
        var thread = new LogicalThread(this, _made++, name, body, key);
        _threads.Add(thread);
        return thread;
    }

    /// <summary>The same, but it begins now, and the running thread goes on as soon as that one has come to its first scheduling point.</summary>
    public void AddAndRun(string name, Action body)
    {
        var running = _current!;
        var thread = Add(name, body);
        thread.ReturnTo = running;
        Switch(running, thread);
    }

    /// <summary>The running thread is about to touch something.</summary>
    /// <param name="owner">The object whose field it is, or the lock; null where it is static, or the object is not known.</param>
    /// <param name="place">The field, or which lock.</param>
    /// <param name="writes">Whether it may change.</param>
    public void AtPoint(object? owner, int place, bool writes)
    {
        var running = _current!;
        var matters = Pass(running, owner, place, writes);
        if (running.ReturnTo is { } before)
        {
            running.ReturnTo = null;
            Switch(running, before);
        }
        else if (running.Undivided == 0 && _chooser.Wants(Points, matters))
        {
            Decide(running);
        }

        if (running.MayGoOn is null)
        {
            Do(running, owner, place, writes);
        }
    }

    /// <summary>The running thread touches something, and no other gets its turn before.</summary>
    public void Do(object? owner, int place, bool writes) => Do(_current!, owner, place, writes);

    private void Do(LogicalThread running, object? owner, int place, bool writes)
    {
        running.Past = places.Order(owner, place, writes, running.Past);
        State += running.Past;
        Trace = Places.Mix(Trace, running.Past);
    }

    /// <summary>The running thread goes on as soon as this is so.</summary>
    public void WaitUntil(Func<bool> mayGoOn, string waitsFor)
    {
        var running = _current!;
        running.MayGoOn = mayGoOn;
        running.WaitsFor = waitsFor;
        if (!mayGoOn())
        {
            Points++;
            Decide(running);
        }

        running.MayGoOn = null;
        running.WaitsFor = null;
    }

    public void Enter(object guard, int place)
    {
        var running = _current!;
        var entered = LockOf(guard);
        running.MayGoOn = () => entered.Holder is null || entered.Holder == running;
        running.WaitsFor = $"the lock of place {place}, which {entered.Holder} holds";
        AtPoint(guard, place, writes: true);
        if (!running.IsReady)
        {
            Decide(running);
        }

        running.MayGoOn = null;
        running.WaitsFor = null;
        Do(running, guard, place, writes: true);
        entered.Holder = running;
        running.Locks += entered.Depth++ == 0 ? 1 : 0;
    }

    public void Exit(object guard)
    {
        var left = LockOf(guard);
        if (left.Holder != _current)
        {
            throw new SynchronizationLockException("The lock is not held.");
        }

        if (--left.Depth == 0)
        {
            left.Holder = null;
            _current!.Locks--;
        }
    }

    public bool IsEntered(object guard) => LockOf(guard).Holder == _current;

    /// <summary>The run has failed. Called on one of its threads, it ends there, and its threads stay where they are for ever.</summary>
    public void Fail(string message)
    {
        Failure ??= string.Create(CultureInfo.InvariantCulture, $"{message} (at point {Points})");
        if (Mine == this)
        {
            _over.Release();
            Thread.Sleep(Timeout.Infinite);
        }
    }

    private bool Pass(LogicalThread running, object? owner, int place, bool writes)
    {
        if (++Points > MostPoints)
        {
            Fail("the run does not end");
        }

        LastPlace = place;
        return places.Touch(owner, place, running.Id, writes);
    }

    /// <summary>Lets the chooser decide who goes on; returns when the thread has its turn again.</summary>
    private void Decide(LogicalThread running)
    {
        var next = Choose(running);
        if (next is null)
        {
            var waiting = _threads.Select(thread => thread.WaitsFor is null ? $"{thread}" : $"{thread} waits for {thread.WaitsFor}");
            Fail($"deadlock: {string.Join("; ", waiting)}");
        }
        else if (next != running)
        {
            Switch(running, next);
        }
    }

    private LogicalThread? Choose(LogicalThread? running)
    {
        _ready.Clear();
        var isRunning = running is { IsReady: true };
        if (isRunning)
        {
            _ready.Add(running!);
        }

        foreach (var thread in _threads)
        {
            if (thread != running && thread.IsReady)
            {
                _ready.Add(thread);
            }
        }

        if (_ready.Count == 0)
        {
            return null;
        }

        var chosen = _ready.Count == 1 ? 0 : Ask(isRunning);
        if (chosen != 0)
        {
            Taken.Add(Points, _ready[chosen].Id);
        }

        return _ready[chosen];
    }

    private int Ask(bool isRunning)
    {
        try
        {
            return _chooser.Choose(Points, _ready, isRunning, State);
        }
        catch (ScheduleFailure)
        {
            // The rest of the run goes on by itself.
            HasStrayed = true;
            _chooser = InOrder.Instance;
            return 0;
        }
    }

    private void Switch(LogicalThread from, LogicalThread to)
    {
        var worker = from.Worker!;
        Resume(to);
        worker.AwaitTurn();
    }

    private void Resume(LogicalThread thread)
    {
        _turn = thread;
        if (thread.Worker is { } worker)
        {
            worker.Go();
        }
        else
        {
            Begin(thread);
        }
    }

    private void Begin(LogicalThread thread)
    {
        var worker = Workers.Take();
        worker.Begin(() => RunOn(worker, thread));
    }

    private void RunOn(Worker worker, LogicalThread? thread)
    {
        while (thread is { Worker: null })
        {
            thread.Worker = worker;
            RunBody(worker, thread);
            Points++;
            thread = thread.ReturnTo ?? Choose(null);
            _turn = thread;
        }

        Workers.Return(worker);
        if (thread is not null)
        {
            thread.Worker!.Go();
        }
        else if (_threads.Count == 0)
        {
            _over.Release();
        }
        else
        {
            Failure ??= $"deadlock: {string.Join("; ", _threads.Select(left => $"{left} waits for {left.WaitsFor}"))}";
            _over.Release();
        }
    }

    private void RunBody(Worker worker, LogicalThread thread)
    {
        _current = thread;
        worker.Forget();
        try
        {
            thread.Body();
        }
        catch (Exception thrown)
        {
            Failure ??= $"thread {thread} has thrown {thrown}";
        }

        if (thread.Locks > 0)
        {
            Failure ??= $"thread {thread} has ended with a lock";
        }

        thread.HasEnded = true;
        _threads.Remove(thread);
        _current = null;
    }

    private Lock LockOf(object guard)
    {
        if (!_locks.TryGetValue(guard, out var found))
        {
            _locks.Add(guard, found = new Lock());
        }

        return found;
    }

    private sealed class Lock
    {
        public LogicalThread? Holder { get; set; }

        public int Depth { get; set; }
    }
}

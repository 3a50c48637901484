using System.Globalization;
using Tests.Interleavings.Exploring;

namespace Tests.Interleavings.Scheduling;

/// <summary>
/// Runs logical threads one at a time. Who runs can change only at a scheduling point, where the chooser decides: so a run is told by its
/// choices alone, and the same choices make the same run.
/// </summary>
internal sealed partial class Scheduler(IChooser chooser)
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
    private readonly Places _places = new();
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

    /// <summary>The running thread is about to touch something.</summary>
    /// <param name="owner">The object whose field it is; null where it is static, or the object is not known.</param>
    /// <param name="place">The number of the field.</param>
    /// <param name="writes">Whether it may change.</param>
    public void AtPoint(object? owner, int place, bool writes)
    {
        var running = _current!;
        var kind = running.Undivided == 0 ? OperationKind.Point : OperationKind.Undivided;
        running.Next = new Operation(Find(owner, place), writes, kind);
        Stop(running);
        Do(running, running.Next);
    }

    /// <summary>The running thread touches something, and no other gets its turn before.</summary>
    public void Do(object? owner, int place, bool writes) =>
        Do(_current!, new Operation(Find(owner, place), writes, OperationKind.Undivided));

    private void Do(LogicalThread running, Operation operation)
    {
        running.Past = operation.Place.Order(operation.Writes, running.Past);
        State += running.Past;
        Trace = Place.Mix(Trace, running.Past);
        _chooser.OnDone(running, operation);
    }

    private Place Find(object? owner, int place)
    {
        LastPlace = place;
        return _places.Find(owner, place);
    }

    /// <summary>The running thread goes on as soon as this is so.</summary>
    public void WaitUntil(Func<bool> mayGoOn, string waitsFor)
    {
        var running = _current!;
        running.MayGoOn = mayGoOn;
        running.WaitsFor = () => waitsFor;
        if (!mayGoOn())
        {
            Points++;
            _chooser.OnBlocked(running);
            Decide(running);
        }

        running.MayGoOn = null;
        running.WaitsFor = null;
    }

    /// <summary>The run has failed, and goes on.</summary>
    public void Note(string message) => Failure ??= string.Create(CultureInfo.InvariantCulture, $"{message} (at point {Points})");

    /// <summary>The run has failed. Called on one of its threads, it ends there, and its threads stay where they are for ever.</summary>
    public void Fail(string message)
    {
        Note(message);
        if (Mine == this)
        {
            _over.Release();
            Thread.Sleep(Timeout.Infinite);
        }
    }

    /// <summary>A scheduling point: the thread goes on when it has its turn.</summary>
    private void Stop(LogicalThread running)
    {
        if (++Points > MostPoints)
        {
            Fail("the run does not end");
        }

        if (running.ReturnTo is { } before)
        {
            running.ReturnTo = null;
            Switch(running, before);
        }
        else if (!running.IsReady)
        {
            _chooser.OnBlocked(running);
            Decide(running);
        }
        else if (running.Undivided == 0 && _chooser.Wants(running, Points))
        {
            Decide(running);
        }
    }

    /// <summary>Lets the chooser decide who goes on; returns when the thread has its turn again.</summary>
    private void Decide(LogicalThread running)
    {
        var next = Choose(running);
        if (next is null)
        {
            Fail(Deadlock());
        }
        else if (next != running)
        {
            Switch(running, next);
        }
    }

    private string Deadlock() =>
        $"deadlock: {string.Join("; ", _threads.Select(thread => thread.WaitsFor is null ? $"{thread}" : $"{thread} waits for {thread.WaitsFor()}"))}";

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

        var chosen = Ask(isRunning);
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
            return _chooser.Choose(Points, _ready, isRunning);
        }
        catch (ScheduleFailure)
        {
            // The rest of the run goes on by itself.
            HasStrayed = true;
            _chooser = InOrder.Instance;
            return 0;
        }
    }
}

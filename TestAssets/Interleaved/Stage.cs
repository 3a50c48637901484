namespace Interleaved;

/// <summary>Where one run of a scenario takes place: what the subject awaits, and what it has done. Only one thread runs at a time.</summary>
internal sealed class Stage
{
    private readonly List<Attempt> _attempts = [];
    private readonly List<string> _hooks = [];
    private int _time;

    /// <summary>A pause has lasted since then; 0 if none does.</summary>
    private int _pausedSince;

    /// <summary>When somebody last did what may end a pause.</summary>
    private int _pauseEndedAt;

    /// <summary>How many do that now: whether it ends a pause that is ordered meanwhile, or comes before it, is not known yet.</summary>
    private int _endingPauses;

    public SteppedClock Clock { get; } = new();

    public TaskCompletionSource EndHooksGate { get; } = new();

    public bool HasHelper { get; init; }

    public bool GivesToken { get; init; }

    /// <summary>The second thing that the body awaits has completed before; otherwise it is completed at the end.</summary>
    public bool EndsAtOnce { get; init; }

    public bool EndHooksWait { get; init; }

    /// <summary>From now on the consumer of a stream wants no more than it has.</summary>
    public bool ConsumerLeaves { get; set; }

    /// <summary>An observer and the meters' listener are there.</summary>
    public bool IsWatched { get; init; }

    /// <summary>A shared call that its last caller has left still ends while another one begins.</summary>
    public bool MayHaveTwoCalls { get; init; }

    public IReadOnlyList<Attempt> Attempts => _attempts;

    public IReadOnlyList<string> Hooks => _hooks;

    public List<string> Faults { get; } = [];

    /// <summary>When the call was made.</summary>
    public int CalledAt { get; set; }

    /// <summary>Everything that comes ends by itself: the scenario is over.</summary>
    public bool IsClosing { get; private set; }

    public bool IsPaused => _pausedSince != 0;

    /// <summary>The attempt that runs now; of those of two calls, the one that began last.</summary>
    public Attempt? Live => _attempts.LastOrDefault(static attempt => !attempt.IsOver);

    /// <summary>Counts what happens, in its order.</summary>
    public int Tick()
    {
        Order.Note(this);
        return ++_time;
    }

    public Attempt Enter()
    {
        Order.Note(this);
        var last = _attempts.LastOrDefault();
        if (last is { IsOver: false } && !MayHaveTwoCalls)
        {
            Faults.Add($"attempt {_attempts.Count + 1} begins before the one before is over");
        }

        var attempt = new Attempt(_attempts.Count + 1);
        Contexts.EnterBody(this, attempt);
        CheckPause(attempt, last is null || MayHaveTwoCalls ? CalledAt : last.Passed[^1].At, "begins");
        _attempts.Add(attempt);
        attempt.Passed.Add(("begin", ++_time));
        if (EndsAtOnce || IsClosing)
        {
            attempt.Second.SetResult();
        }

        if (IsClosing)
        {
            Close(attempt);
        }

        return attempt;
    }

    /// <summary>The subject has come so far.</summary>
    public void Pass(Attempt attempt, string place)
    {
        Order.Note(this);
        if (attempt.IsOver || attempt.HasPassed(place))
        {
            Faults.Add($"attempt {attempt.Number} comes twice to {place}");
        }

        CheckPause(attempt, attempt.LetGoAfter(place), $"comes to {place}");
        Contexts.CheckBody(this, attempt, place);
        attempt.Passed.Add((place, ++_time));
    }

    /// <summary>The body of a stream goes on after an item.</summary>
    public void Give(Attempt attempt, int item)
    {
        Order.Note(this);
        CheckPause(attempt, attempt.Passed[^1].At, $"goes on after item {item}");
        Contexts.EnterBody(this, attempt);
        attempt.Given = item;
        attempt.Passed.Add(($"item {item}", ++_time));
    }

    public void Interrupt(Attempt attempt)
    {
        Order.Note(this);
        attempt.WasInterrupted = true;
    }

    public void Leave(Attempt attempt)
    {
        Order.Note(this);
        if (attempt.IsOver)
        {
            Faults.Add($"attempt {attempt.Number} ends twice");
        }

        attempt.IsOver = true;
        attempt.Passed.Add(("end", ++_time));
    }

    public Task<int> Operate(Attempt attempt) => Operate(attempt, default);

    public Task<int> Operate(Attempt attempt, CancellationToken token) => attempt.Operation.Start(token);

    public void Hook(string name)
    {
        Order.Note(this);
        _hooks.Add(name);
    }

    public Task EndHook(string name)
    {
        Hook(name);
        return EndHooksWait && !IsClosing ? EndHooksGate.Task : Task.CompletedTask;
    }

    /// <summary>Pauses; until somebody orders something else, nothing may run on.</summary>
    public void Pause(Action pause)
    {
        var before = Tick();
        pause();
        if (_pauseEndedAt < before && _endingPauses == 0)
        {
            _pausedSince = Tick();
        }
    }

    /// <summary>Does what may end a pause.</summary>
    public void EndPause(Action order)
    {
        _pausedSince = 0;
        _pauseEndedAt = Tick();
        _endingPauses++;
        order();
        _endingPauses--;
        _pausedSince = 0;
        _pauseEndedAt = Tick();
    }

    /// <summary>All that the subject awaits ends.</summary>
    public void Close()
    {
        IsClosing = true;
        foreach (var attempt in _attempts.ToArray())
        {
            Close(attempt);
        }

        EndHooksGate.TrySetResult();
    }

    private static void Close(Attempt attempt)
    {
        attempt.HelpersGate.TrySetResult(0);
        attempt.Operation.Settle();
        attempt.Operation.Bring(1);
        attempt.Gate.TrySetResult(1);
        attempt.Second.TrySetResult();
    }

    /// <summary>A stretch of the subject runs that an await has let go, which began after a pause had come.</summary>
    private void CheckPause(Attempt attempt, int? letGoAfter, string what)
    {
        if (_pausedSince != 0 && letGoAfter > _pausedSince)
        {
            Faults.Add($"attempt {attempt.Number} {what} during a pause");
        }
    }
}

using System.Threading.Tasks.Sources;

namespace Sitters.Runtime.Gating;

/// <summary>
/// One await of one frame: meets what is awaited, the pause and the interrupt, whichever comes first, and resumes the method exactly
/// once. A node serves one await after another until an interrupt leaves it behind with an awaiter that may still call it.
/// </summary>
/// <remarks>To the method's builder it is the source of the ValueTask that is awaited: so the builder need make no delegate.</remarks>
internal sealed class AwaitNode : IThreadPoolWorkItem, IValueTaskSource
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Parked = 2;
    private const int Released = 3;
    private const int Left = 4;
    private const int LeftAndDone = 5;

    private readonly Frame _frame;
    private int _state;

    /// <summary>What is awaited has completed, and the method goes on unless something needs attention.</summary>
    private bool _isTaken;

    private Action<object?>? _continuation;
    private object? _machine;
    private object? _context;
    private Action? _observer;

    public AwaitNode(Frame frame, int count)
    {
        _frame = frame;
        Count = count;
        Callback = OnCompleted;
    }

    /// <summary>What the awaiter calls.</summary>
    public Action Callback { get; }

    /// <summary>How often the frame has suspended.</summary>
    public int Count { get; set; }

    /// <summary>What the method awaits has completed, and it is about to suspend all the same.</summary>
    public bool AwaitsCompleted { get; set; }

    /// <summary>The node that an interrupt left behind last.</summary>
    public AwaitNode? LeftBehind { get; set; }

    /// <summary>A node for what is left behind before anyone waited for it.</summary>
    public static AwaitNode CreateLeft(Frame frame) => new(frame, 0) { _state = Left };

    public void Prepare(bool capturesContext)
    {
        var context = capturesContext ? ResumeContext.Capture() : null;
        if (context != _context)
        {
            _context = context;
        }

        Count++;
        _isTaken = false;
    }

    public void ResumeBy(Action<object?> continuation, object? machine)
    {
        // Nearly always the same as at the await before, and a comparison costs less than the store of a reference.
        if (_machine != machine || _continuation != continuation)
        {
            _machine = machine;
            _continuation = continuation;
        }
    }

    /// <summary>The method has ended: what it was made of need not be kept.</summary>
    public void Clear()
    {
        _machine = null;
        _continuation = null;
    }

    /// <summary>From here on the method can be resumed.</summary>
    public void Arm() => Volatile.Write(ref _state, Waiting);

    /// <summary>Called under the scope's lock.</summary>
    public bool TryPark()
    {
        // The completion has arrived on the context where the await would have resumed: remember it for later.
        var context = ResumeContext.Capture();
        if (!TryMoveTo(Parked))
        {
            return false;
        }

        _context = context;
        return true;
    }

    public void Unpark()
    {
        // It comes here once more: a new pause or an interrupt may be there first.
        if (Interlocked.CompareExchange(ref _state, Released, Parked) is Parked or Left or LeftAndDone)
        {
            ResumeContext.Post(_context, this);
        }
    }

    /// <summary>Goes on without the awaiter where that has completed, which need not be able to call back then: its turn comes where the method would go on.</summary>
    public void Skip()
    {
        AwaitsCompleted = false;
        if (Interlocked.CompareExchange(ref _state, Released, Waiting) == Waiting)
        {
            ResumeContext.Post(_context, this);
        }
    }

    /// <summary>Called under the scope's lock. Leaves behind what is awaited; <see cref="ResumeInterrupted"/> then resumes the method.</summary>
    public bool TryLeaveBehind(out bool hadCompleted)
    {
        hadCompleted = false;
        if (Volatile.Read(ref _isTaken))
        {
            return false;
        }

        hadCompleted = Interlocked.CompareExchange(ref _state, LeftAndDone, Parked) == Parked
            || Interlocked.CompareExchange(ref _state, LeftAndDone, Released) == Released;
        return hadCompleted || Interlocked.CompareExchange(ref _state, Left, Waiting) == Waiting;
    }

    public void ResumeInterrupted() => ResumeContext.Post(_context, this);

    /// <summary>What was left behind has not ended yet.</summary>
    public bool IsLeftRunning => Volatile.Read(ref _state) == Left;

    /// <summary>Calls the observer as soon as what was left behind has ended, after those before it.</summary>
    public void WhenLeftEnds(Action observer)
    {
        Action? before;
        do
        {
            before = Volatile.Read(ref _observer);
        }
        while (Interlocked.CompareExchange(ref _observer, before + observer, before) != before);

        if (Volatile.Read(ref _state) == LeftAndDone)
        {
            Interlocked.Exchange(ref _observer, null)?.Invoke();
        }
    }

    void IThreadPoolWorkItem.Execute() => Resume();

    public void Resume()
    {
        if (Volatile.Read(ref _state) < Left)
        {
            OnCompleted();
        }
        else if (!_frame.Scope.TryParkInterrupted(this) && Interlocked.Exchange(ref _continuation, null) is { } continuation)
        {
            var machine = _machine;
            _machine = null;
            _frame.Run(continuation, machine);
        }
    }

    public void RunContinuation() => _frame.Run(_continuation!, _machine);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        ResumeBy(continuation, state);

    // The method asks its own awaiter, never this.
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => ValueTaskSourceStatus.Pending;

    void IValueTaskSource.GetResult(short token) => throw new InvalidOperationException("Sitters: the builder of an async method took the outcome of an await, which is the method's to take.");

    private void OnCompleted()
    {
        // No compare-and-swap in the most common case: the fast side of the fence protocol (docs/internals/concurrency.md); Scope.MarkInterrupted is the rare one.
        Volatile.Write(ref _isTaken, true);
        if (!_frame.Scope.NeedsAttention)
        {
            // An awaiter that calls twice is asked for nothing.
            if (_state is Waiting or Released)
            {
                _state = Idle;
                RunContinuation();
            }

            return;
        }

        Volatile.Write(ref _isTaken, false);
        if (_frame.Scope.TryPark(this))
        {
            // An interrupt may have passed by while it was taken.
            _frame.Scope.TryInterrupt(_frame);
        }
        else if (TryMoveTo(Idle))
        {
            RunContinuation();
        }
        else if (Interlocked.CompareExchange(ref _state, LeftAndDone, Left) == Left)
        {
            Interlocked.Exchange(ref _observer, null)?.Invoke();
        }
    }

    /// <summary>From waiting for the callback, or for the turn after a pause.</summary>
    private bool TryMoveTo(int state) =>
        Interlocked.CompareExchange(ref _state, state, Waiting) == Waiting
        || Interlocked.CompareExchange(ref _state, state, Released) == Released;
}

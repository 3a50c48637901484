using System.Diagnostics;
using System.Threading.Tasks.Sources;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Gating;

/// <summary>
/// One await of one frame. The awaiter, a pause and an interrupt race for it; the node lets the first of them win, and resumes the
/// method exactly once. It serves one await after another, until an interrupt leaves it behind with an awaiter that may still call it.
/// </summary>
/// <remarks>The method's builder sees it as the source of the ValueTask that it awaits, and so need not allocate a delegate.</remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
internal partial class AwaitNode : IThreadPoolWorkItem, IValueTaskSource
{
    // Legal values of _state, and every transition. Resume relies on the order: from Left on, the node is left behind.
    //
    //   Idle      -> Waiting      Arm: a plain store by the suspending method, which publishes the fields below
    //   Waiting   -> Idle         OnCompleted: the method resumes; a plain store where nothing needs attention, otherwise a CAS
    //   Waiting   -> Parked       TryPark: a CAS under the scope's lock; what is awaited completed during a pause
    //   Waiting   -> Released     Skip: a CAS; what is awaited had completed before the method suspended
    //   Waiting   -> Left         TryLeave: a CAS under the scope's lock; what is awaited still runs
    //   Parked    -> Released     Unpark: a CAS under no lock, after the pause
    //   Parked    -> LeftAndDone  TryLeave: a CAS under the scope's lock
    //   Released  -> Idle         OnCompleted, as from Waiting
    //   Released  -> Parked       TryPark, as from Waiting: there is a new pause
    //   Released  -> LeftAndDone  TryLeave, as from Parked
    //   Left      -> LeftAndDone  OnCompleted: a CAS; what was left behind has ended
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Parked = 2;
    private const int Released = 3;
    private const int Left = 4;
    private const int LeftAndDone = 5;

    private const byte NotTaken = 0;
    private const byte Taken = 1;
    private const byte Undecided = 2;

    /// <summary>Above its traits, an await has its number.</summary>
    private const int SiteShift = 8;

    private readonly Frame _frame;
    private int _state;

    /// <summary>
    /// How far the completion of what is awaited has come: <see cref="Taken"/>, the method continues unless something needs attention;
    /// <see cref="Undecided"/>, something does, so an interrupt may leave the await, but the method may also go on at any moment. A plain
    /// store of the completing thread; the fence protocol orders it with who reads it.
    /// </summary>
    private byte _taken;

    // Written by the method while it suspends, before Arm publishes them, and read by the one thread that wins the transition.

    /// <summary>See <see cref="Continuation"/>.</summary>
    private object? _continuation;
    private AwaitTraits _traits;

    /// <summary>
    /// Where the method resumes. Written as those above; once more by the thread that parks the node, under the scope's lock. Once the
    /// method has left the node behind, it is what observes that: an <see cref="Action"/>, exchanged by CAS. It saves a field in each await.
    /// </summary>
    private object? _context;

    /// <summary>Made by the method alone, while it suspends.</summary>
    private Action? _callback;

    public AwaitNode(Frame frame, int count)
    {
        _frame = frame;
        Count = count;
    }

    /// <summary>What the awaiter calls. Made when it is needed: an interrupted method mostly awaits nothing more.</summary>
    public Action Callback => _callback ??= OnCompleted;

    /// <summary>Where the method resumes: see the field.</summary>
    public object? Context => _context;

    /// <summary>How often the frame has suspended. Written by the method alone, while it suspends.</summary>
    public int Count { get; set; }

    /// <summary>What the method awaits has completed, but it must suspend anyway. Written by the method alone.</summary>
    public bool AwaitsCompleted { get; set; }

    /// <summary>
    /// What the method awaits may have been given the call's token, and ends by itself if that fires. Written by the method before the node
    /// is armed, and under the scope's lock when the time for it is over.
    /// </summary>
    public bool MaySettle { get; set; }

    /// <summary>No interrupt ends the await.</summary>
    public bool CleansUp => (_traits & AwaitTraits.CleansUp) != 0;

    /// <summary>Nothing is lost if what the method awaits is left, even when it has completed.</summary>
    public bool OnlyWaits => (_traits & AwaitTraits.OnlyWaits) != 0;

    /// <summary>Where the method waits: the number of the await in its module's map; 0 where it is not known.</summary>
    public int Site => (int)_traits >>> SiteShift;

    /// <summary>The id of that module; 0 where it is not known. Written as the traits are.</summary>
    public int Module { get; private set; }

    /// <summary>Since when, by <see cref="CoarseTime"/>. Written by the method while it suspends, as the place is.</summary>
    public int Since { get; private set; }

    /// <summary>The method is suspended here, and what it awaits has not brought it back yet, or is held back.</summary>
    public bool StandsStill =>
        (Volatile.Read(ref _state) == Waiting && Volatile.Read(ref _taken) == NotTaken) || Volatile.Read(ref _state) == Parked;

    private string DebuggerDisplay => $"{StateName}, {Count} suspensions";

    private string StateName => Volatile.Read(ref _state) switch
    {
        Idle => nameof(Idle),
        Waiting => nameof(Waiting),
        Parked => nameof(Parked),
        Released => nameof(Released),
        Left => nameof(Left),
        _ => nameof(LeftAndDone),
    };

    public void Prepare(AwaitTraits traits, int module)
    {
        var context = (traits & AwaitTraits.CapturesContext) != 0 ? ResumeContext.Capture() : null;

        // Nearly always the same as at the await before, and a comparison costs less than the write barrier that comes with the store
        // of a reference.
        if (context != _context)
        {
            _context = context;
        }

        Count++;
        _traits = traits;
        Module = module;
        MaySettle = (traits & AwaitTraits.Settles) != 0;
        Since = CoarseTime.Now;
        _taken = NotTaken;
    }

    public void ResumeBy(object continuation)
    {
        // Compared first for the same reason as in Prepare: to save a write barrier.
        if (_continuation != continuation)
        {
            _continuation = continuation;
        }
    }

    /// <summary>The method has ended, or was interrupted and runs, or has come to an await that has no gate.</summary>
    public bool HasLetGo => Volatile.Read(ref _continuation) is null;

    /// <summary>The method has ended: lets go of its state machine.</summary>
    public void Clear() => _continuation = null;

    /// <summary>From here on the method can be resumed.</summary>
    public void Arm() => Volatile.Write(ref _state, Waiting);

    /// <summary>The await has completed during a pause. Called under the lock of the scope.</summary>
    public bool TryPark()
    {
        Debug.Assert(_frame.Scope.IsLocked, "Awaits are parked under the scope's lock.");

        // The completion has arrived on the context where the await would have resumed: remember it for later.
        var context = ResumeContext.Capture();
        if (!TryGo(Parked))
        {
            return false;
        }

        _taken = NotTaken;
        _context = context;
        return true;
    }

    public void Unpark()
    {
        // Not resumed directly: a new pause or an interrupt may have come first, so it passes through Resume.
        if (Interlocked.CompareExchange(ref _state, Released, Parked) is Parked or Left or LeftAndDone)
        {
            ResumeContext.Post(_context, this);
        }
    }

    /// <summary>
    /// Continues without a callback of the awaiter, which has completed and need not be able to call back any more. What is awaited is
    /// looked at again where the method resumes.
    /// </summary>
    public void Skip()
    {
        AwaitsCompleted = false;
        if (Interlocked.CompareExchange(ref _state, Released, Waiting) == Waiting)
        {
            ResumeContext.Post(_context, this);
        }
    }

    /// <summary>
    /// Leaves behind what is awaited; <see cref="ResumeLeft"/> then resumes the method. Called under the lock of the scope.
    /// </summary>
    public bool TryLeave()
    {
        Debug.Assert(_frame.Scope.IsLocked, "Awaits are left behind under the scope's lock.");
        return Volatile.Read(ref _taken) != Taken
            && (Interlocked.CompareExchange(ref _state, LeftAndDone, Parked) == Parked
                || Interlocked.CompareExchange(ref _state, LeftAndDone, Released) == Released
                || Interlocked.CompareExchange(ref _state, Left, Waiting) == Waiting);
    }

    /// <summary>Whether the awaiter has not called back yet.</summary>
    public bool IsWaiting => Volatile.Read(ref _state) == Waiting && Volatile.Read(ref _taken) != Taken;

    public void ResumeLeft() => ResumeContext.Post(_context, this);

    void IThreadPoolWorkItem.Execute() => Resume();

    public void Resume()
    {
        if (Volatile.Read(ref _state) < Left)
        {
            OnCompleted();
        }
        else if (!_frame.Scope.TryParkInterrupted(this) && Interlocked.Exchange(ref _continuation, null) is { } continuation)
        {
            _frame.Run(continuation);
        }
    }

    public void RunContinuation() => _frame.Run(_continuation!);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        // Compared first also here, and before what would be made anew at each await of an unusual builder.
        if (!Continuation.Is(_continuation, continuation, state))
        {
            _continuation = Continuation.Of(continuation, state);
        }
    }

    // The method takes the outcome from its own awaiter, never from here.
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => ValueTaskSourceStatus.Pending;

    void IValueTaskSource.GetResult(short token) => throw new InvalidOperationException(
        "Sitters: the builder of an async method took the outcome of an await, which only the method itself may take.");

    private void OnCompleted()
    {
        // No compare-and-swap in the most common case: the fast side of the fence protocol (docs/internals/concurrency.md), whose rare
        // side is Scope.MarkInterrupted.
        Volatile.Write(ref _taken, Taken);
        if (!_frame.Scope.NeedsAttention)
        {
            // An awaiter that calls a second time is ignored.
            if (_state is Waiting or Released)
            {
                _state = Idle;
                RunContinuation();
            }

            return;
        }

        Volatile.Write(ref _taken, Undecided);
        if (_frame.Scope.TryPark(this))
        {
            // An interrupt may have missed the node while it was marked as taken.
            _frame.Scope.TryInterrupt(_frame);
        }
        else if (TryGo(Idle))
        {
            RunContinuation();
        }
        else if (Interlocked.CompareExchange(ref _state, LeftAndDone, Left) == Left)
        {
            TakeObserver()?.Invoke();
        }
    }

    /// <summary>Moves on from waiting for the callback, or for the turn after a pause.</summary>
    private bool TryGo(int state) =>
        Interlocked.CompareExchange(ref _state, state, Waiting) == Waiting
        || Interlocked.CompareExchange(ref _state, state, Released) == Released;
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Gating;

/// <summary>
/// One stretch of a call that is controlled as a whole: an attempt, or a set of hooks. It is also the root of the frames that run in
/// it, which saves one object per call. Most scopes live for nanoseconds, so what only a suspended one needs is kept apart, in
/// <see cref="FrameTree"/>.
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
internal sealed partial class Scope : Frame
{
    private const int Paused = 1;
    private const int Interrupted = 2;
    private const int Ended = 4;
    private const int Uninterruptible = 8;
    private const int Unflowing = 16;
    private const int Settled = 32;

    /// <summary>An epoch that never comes: sends each await of the scope to the slow path.</summary>
    private const int SlowPathOnly = int.MinValue;

    /// <summary>Set once, by CAS, or before any other thread can see the scope; and once more at the end.</summary>
    private IScopeOwner? _owner;

    /// <summary>Set once, by CAS.</summary>
    private FrameTree? _tree;

    /// <summary>
    /// The flags above. Uninterruptible and Unflowing never change; Settled is set by the thread that the scope runs on; Ended at the end;
    /// the others under the lock, which is the scope itself.
    /// </summary>
    private int _flags;

    private int _epoch;

    public Scope(Plan plan)
    {
        Plan = plan;
        Scope = this;
    }

    /// <summary>The scope of a frame that has none.</summary>
    public static Scope None { get; } = new(null!) { _flags = Ended };

    /// <summary>
    /// Owns the scopes whose calls nobody has asked about. Set once at start-up by the layer above, which makes the call.
    /// </summary>
    public static IScopeOwner Unclaimed { get; set; } = null!;

    /// <summary>Written only before the scope runs, by the thread that starts it.</summary>
    public Plan Plan { get; set; }

    /// <summary>
    /// The events for all calls have been seen up to this one. While the scope is paused or interrupted, it is
    /// <see cref="SlowPathOnly"/>, so that an await has a single test to make; from then on it is written under the lock, before
    /// that by CAS.
    /// </summary>
    public int Epoch
    {
        get => Volatile.Read(ref _epoch);
        set => _epoch = value;
    }

    /// <summary>
    /// When the stretch began, by <see cref="Time.Clock"/>, which for the first attempt is when the call began; 0 if nobody needed to
    /// know. Written by the thread that starts the attempt, or the element of a stream.
    /// </summary>
    public long StartStamp { get; set; }

    public bool Flows => Plan.FlowContext;

    /// <summary>
    /// The call was made while the flow of the ExecutionContext was suppressed: after its first await, only its thread knows of it.
    /// Set before the scope runs.
    /// </summary>
    public bool LosesFlow
    {
        get => (Volatile.Read(ref _flags) & Unflowing) != 0;

        // The call may know the scope by now, and another thread pause or interrupt it, whose flag is not to be overwritten.
        set => _ = value ? Interlocked.Or(ref _flags, Unflowing) : 0;
    }

    /// <summary>See <see cref="Frame.Parent"/>. Set by the thread that the scope runs on; it is not reused then.</summary>
    public bool HasSettledParent => (Volatile.Read(ref _flags) & Settled) != 0;

    /// <summary>A cancel, a timeout or a restart ends what runs here. Of the hooks, only those at startup and before a retry.</summary>
    public bool IsInterruptible
    {
        get => (Volatile.Read(ref _flags) & Uninterruptible) == 0;
        init => _flags = value ? 0 : Uninterruptible;
    }

    /// <summary>Null while nobody has asked about the call.</summary>
    public IScopeOwner? Owner => Volatile.Read(ref _owner);

    public bool HasEnded => (Volatile.Read(ref _flags) & Ended) != 0;

    public bool IsPaused => (Volatile.Read(ref _flags) & Paused) != 0;

    public bool IsInterrupted => (Volatile.Read(ref _flags) & Interrupted) != 0;

    /// <summary>Whether anything may keep an await from continuing: the only test on the fast path of each await.</summary>
    public bool NeedsAttention
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Epoch != ControlEpoch.Current;
    }

    public FrameTree Tree => Volatile.Read(ref _tree) ?? MakeTree();

    /// <summary>Whether this thread holds the lock of the scope and its tree: for assertions.</summary>
    public bool IsLocked => Monitor.IsEntered(this);

    internal override bool IsRoot => true;

    /// <summary>No other code holds the scope, if it does not flow: it can be reused.</summary>
    private bool IsUnshared => Node is null && LiveChildren == 0 && _owner is null && _tree is null && _flags == 0 && !IsShielded;

    private string DebuggerDisplay => Plan is null
        ? "no scope"
        : $"{Plan.Name}: {(HasEnded ? "ended" : "running")}{(IsPaused ? ", paused" : "")}"
            + (IsInterrupted ? $", interrupted: {Tree.Reason}" : "");

    /// <summary>Whether an event for all calls has reached neither this scope nor its call.</summary>
    public bool HasMissed(int epoch) => SeenEpoch is var seen && seen != SlowPathOnly && seen < epoch;

    /// <summary>Gives the scope its call, if it has none.</summary>
    public bool TryClaim(IScopeOwner owner) =>
        Owner is var before and (null or { IsUnclaimed: true }) && Interlocked.CompareExchange(ref _owner, owner, before) == before;

    /// <summary>The same for a scope that the call itself has just made.</summary>
    public void Claim(IScopeOwner owner) => Volatile.Write(ref _owner, owner);

    public void SettleParent(Frame? parent)
    {
        Parent = parent;
        Interlocked.Or(ref _flags, Settled);
    }

    /// <summary>Applies the events for all calls that this scope has missed.</summary>
    public void CatchUp()
    {
        var epoch = ControlEpoch.Current;
        var seen = Epoch == epoch ? epoch : LookAtClock();
        if (seen == epoch)
        {
            return;
        }

        if (!HasEnded && this != None)
        {
            // Another thread may be doing the same: the later one must not continue before it is done.
            (Owner ?? Unclaimed).CatchUp(this);
        }

        if (seen == SlowPathOnly)
        {
            lock (this)
            {
                MarkCaughtUpLocked(epoch);
            }
        }
        else
        {
            // Fails if the scope was paused or interrupted in the meantime: then each await still takes the slow path.
            Interlocked.CompareExchange(ref _epoch, epoch, seen);
        }
    }

    public void End()
    {
        Interlocked.Or(ref _flags, Ended);

        // Timers, contexts and awaits that were left behind may refer to the scope for long, and are not to keep its call.
        Volatile.Write(ref _owner, EndedOwner.Instance);
        Volatile.Read(ref _tree)?.EndSettling();
    }

    /// <inheritdoc cref="FrameTree.Frames"/>
    public (Frame Frame, Frame? Parent)[] Frames() => Volatile.Read(ref _tree)?.Frames() ?? [(this, null)];

    /// <summary>Interrupts what runs in the scope; if it is paused, as soon as it is resumed.</summary>
    /// <param name="reason">For the message.</param>
    /// <param name="fencedAt">See <see cref="MarkInterrupted"/>.</param>
    public void Interrupt(InterruptReason reason, int fencedAt = 0)
    {
        if (Tree.Interrupt(reason, fencedAt))
        {
            Owner?.OnInterrupted(this);
        }
    }

    /// <inheritdoc cref="FrameTree.IsInterruptDue"/>
    public bool IsInterruptDue(Frame frame) => IsInterrupted && Tree.IsInterruptDue(frame);

    /// <inheritdoc cref="FrameTree.TryInterrupt"/>
    public void TryInterrupt(Frame frame)
    {
        if (IsInterrupted)
        {
            Tree.TryInterrupt(frame);
        }
    }

    /// <summary>For a body that is not gated: an interrupt that finds no method in the scope calls <paramref name="onLeft"/>.</summary>
    public void Await(Action onLeft)
    {
        var node = Suspend(AwaitTraits.Settles, module: 0);
        node.ResumeBy(onLeft);
        node.Arm();
        OnArmed();
    }

    /// <summary>Called by the tree, under the lock.</summary>
    /// <param name="fencedAt">
    /// A process-wide fence came after this epoch had become the current one; 0 if none did. One fence serves a whole broadcast.
    /// </param>
    public void MarkInterrupted(int fencedAt)
    {
        AssertLocked();

        // The rare side of the fence protocol (docs/internals/concurrency.md): an await suspends or completes without a fence, and then
        // tests whether the scope needs attention. Either it sees this store, or the code below sees what it did. A scope that has not
        // caught up with the epoch needed attention all the time since that fence, so there the fence has been paid for.
        var seen = Interlocked.Exchange(ref _epoch, SlowPathOnly);
        if (seen == SlowPathOnly || seen >= fencedAt)
        {
            Interlocked.MemoryBarrierProcessWide();
        }

        Interlocked.Or(ref _flags, Interrupted);
    }

    /// <summary>Unless it is paused or interrupted, from here on the epoch alone tells whether an await needs attention.</summary>
    private void MarkCaughtUpLocked(int epoch)
    {
        AssertLocked();
        if ((_flags & (Paused | Interrupted)) == 0)
        {
            Epoch = epoch;
        }
    }

    private protected override void OnEnd()
    {
        // Who waits for the end of the body says so, fences, and then looks whether the body has ended; here the order is the reverse.
        Interlocked.MemoryBarrier();
        Owner?.OnBodyEnded(this);
    }

    private protected override void Register()
    {
        // The root is its scope, and needs no registration.
    }

    [Conditional("DEBUG")]
    private void AssertLocked() => Debug.Assert(IsLocked, "The scope's pause and interrupt are guarded by its lock.");

    private FrameTree MakeTree()
    {
        var tree = new FrameTree(this);
        return Interlocked.CompareExchange(ref _tree, tree, null) ?? tree;
    }
}

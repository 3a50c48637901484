using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Gating;

/// <summary>
/// One stretch of a call that is controlled as a whole: an attempt, or a set of hooks. It is at the same time the root of the frames
/// that run in it, which saves an object a call. Most scopes live for nanoseconds, so what only a suspended one needs stands apart, in
/// <see cref="FrameTree"/>.
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
internal sealed class Scope : Frame
{
    private const int Paused = 1;
    private const int Interrupted = 2;
    private const int Ended = 4;
    private const int Uninterruptible = 8;

    /// <summary>An epoch that never comes: sends each await of the scope to the slow path.</summary>
    private const int SlowPathOnly = -1;

    private IScopeOwner? _owner;
    private FrameTree? _tree;

    /// <summary>The flags above. Ended is set by the end of the stretch; the others under the tree's lock.</summary>
    private int _flags;
    private int _epoch;

    public Scope(Plan plan)
    {
        Plan = plan;
        Scope = this;
    }

    /// <summary>Stands where a frame has no scope.</summary>
    public static Scope None { get; } = new(null!) { _flags = Ended };

    /// <summary>Owns the scopes whose calls nobody has asked about. Set by the layer above, which makes the call then.</summary>
    public static IScopeOwner Unclaimed { get; set; } = null!;

    public Plan Plan { get; set; }

    /// <summary>
    /// What was done to all calls up to this one has been seen. While the scope is paused or interrupted it stands at
    /// <see cref="SlowPathOnly"/>, so that an await has but one question to ask; then it is guarded by the tree's lock.
    /// </summary>
    public int Epoch
    {
        get => Volatile.Read(ref _epoch);
        set => _epoch = value;
    }

    /// <summary>When the stretch began, by <see cref="Time.Clock"/>: the call too, where it is its first attempt. 0 where nobody needed to know.</summary>
    public long StartStamp { get; set; }

    public bool Flows => Plan.FlowContext;

    /// <summary>A cancel, a timeout or a restart ends what runs here: not hooks, but for those at startup and before a retry.</summary>
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

    /// <summary>Something may stand between an await and its continuation. The one test on the fast path of each await.</summary>
    public bool NeedsAttention
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Epoch != ControlEpoch.Current;
    }

    /// <summary>The interrupt has come to the body: one of its methods threw, or it was given the token.</summary>
    public bool InterruptWasSeen => IsInterrupted && _tree is { } tree && (tree.WasDelivered || tree.HasToken);

    public FrameTree Tree => Volatile.Read(ref _tree) ?? MakeTree();

    public CancellationToken Token => Tree.Token;

    internal override bool IsRoot => true;

    /// <summary>Nobody outside can hold a scope that does not flow: it can be used again.</summary>
    private bool IsUnshared => Node is null && LiveChildren == 0 && _owner is null && _tree is null;

    private string DebuggerDisplay => Plan is null
        ? "no scope"
        : $"{Plan.Name}: {(HasEnded ? "ended" : "running")}{(IsPaused ? ", paused" : "")}{(IsInterrupted ? $", interrupted: {Tree.Reason}" : "")}";

    /// <summary>What was done to all calls has not come to what runs here, nor to the call it belongs to.</summary>
    public bool HasMissed(int epoch) => Epoch is var seen && seen != SlowPathOnly && seen < epoch;

    /// <summary>Gives the scope its call, where it has none.</summary>
    public bool TryClaim(IScopeOwner owner) => Interlocked.CompareExchange(ref _owner, owner, null) is null;

    /// <summary>The same for a scope that the call itself has made.</summary>
    public void Claim(IScopeOwner owner) => Volatile.Write(ref _owner, owner);

    /// <summary>Ends a call that nobody has asked about, while nobody can begin to.</summary>
    /// <returns>False where the call is known, and others must learn of its end.</returns>
    public bool TryEndUnobserved()
    {
        if (!Flows && IsUnshared)
        {
            // Not marked as ended: the scope is used again (ABA), and another thread may still hold it from the call before.
            return true;
        }

        if (!TryClaim(EndedOwner.Instance))
        {
            return false;
        }

        // Nobody else writes here now, and an interlocked write would cost as much as the rest.
        _flags = Ended;
        return true;
    }

    /// <summary>Applies what was done to all calls since this scope last looked.</summary>
    public void CatchUp()
    {
        var epoch = ControlEpoch.Current;
        var seen = Epoch;
        if (seen == epoch)
        {
            return;
        }

        if (!HasEnded && this != None)
        {
            // Another thread may be about to do the same: whichever is late must not go on before it is done.
            (Owner ?? Unclaimed).CatchUp(this);
        }

        if (seen == SlowPathOnly)
        {
            Tree.CatchUp(epoch);
        }
        else
        {
            // Fails where the scope was paused or interrupted meanwhile: then each await still takes the slow path.
            Interlocked.CompareExchange(ref _epoch, epoch, seen);
        }
    }

    public void End() => Interlocked.Or(ref _flags, Ended);

    public void Pause() => Tree.Pause();

    /// <summary>Ends the pause.</summary>
    /// <returns>The awaits that wait to go on.</returns>
    public List<AwaitNode> Resume() => Volatile.Read(ref _tree)?.Resume() ?? [];

    /// <summary>Interrupts what runs in the scope; where it is paused, as soon as it is resumed.</summary>
    /// <param name="reason">For the message.</param>
    public void Interrupt(string reason)
    {
        if (Tree.Interrupt(reason))
        {
            Owner?.OnInterrupted(this);
        }
    }

    /// <inheritdoc cref="FrameTree.InterruptAfterPause"/>
    public void InterruptAfterPause()
    {
        if (IsInterrupted)
        {
            Tree.InterruptAfterPause();
        }
    }

    public bool TryPark(AwaitNode node)
    {
        CatchUp();
        return IsPaused && Tree.TryPark(node);
    }

    /// <inheritdoc cref="FrameTree.TryParkInterrupted"/>
    public bool TryParkInterrupted(AwaitNode node) => IsPaused && Tree.TryParkInterrupted(node);

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

    /// <summary>Stands in for a body that is not gated: an interrupt that finds no method in it to go to calls <paramref name="onLeft"/>.</summary>
    public void Await(Action onLeft)
    {
        var node = Suspend(capturesContext: false);
        node.ResumeBy(static left => ((Action)left!)(), onLeft);
        node.Arm();
        OnArmed();
    }

    public OperationCanceledException MakeInterruptException()
    {
        Tree.WasDelivered = true;
        return new OperationCanceledException($"The call of {Plan.Name} was interrupted: {Tree.Reason}.", Token);
    }

    // Called by the tree, under its lock.

    public void MarkPaused()
    {
        Interlocked.Or(ref _flags, Paused);
        Epoch = SlowPathOnly;
    }

    public void MarkResumed() => Interlocked.And(ref _flags, ~Paused);

    public void MarkInterrupted()
    {
        // The rare side of the fence protocol (docs/internals/concurrency.md): an await suspends or completes without a fence, and then
        // asks whether the scope needs attention. Either it sees this, or what it did is seen below.
        Epoch = SlowPathOnly;
        Interlocked.MemoryBarrierProcessWide();
        Interlocked.Or(ref _flags, Interrupted);
    }

    public void MarkCaughtUp(int epoch)
    {
        if ((_flags & (Paused | Interrupted)) == 0)
        {
            Epoch = epoch;
        }
    }

    private protected override void OnEnd()
    {
        // The end of an attempt's body is seen in its task.
    }

    private protected override void Register()
    {
        // The root is known to its scope from the start.
    }

    private FrameTree MakeTree()
    {
        var tree = new FrameTree(this);
        return Interlocked.CompareExchange(ref _tree, tree, null) ?? tree;
    }

    /// <summary>Of a scope whose call has ended without ever being needed.</summary>
    private sealed class EndedOwner : IScopeOwner
    {
        public static EndedOwner Instance { get; } = new();

        public void CatchUp(Scope scope)
        {
        }

        public void OnInterrupted(Scope scope)
        {
        }

        public void OnTokenCallbackFailed(Exception exception)
        {
        }
    }
}

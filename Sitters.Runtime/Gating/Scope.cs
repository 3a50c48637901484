using System.Runtime.CompilerServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Gating;

/// <summary>
/// One stretch of a call that is controlled as a whole: an attempt, or a set of hooks. It is at the same time the root of the frames
/// that run in it. Most scopes live for nanoseconds, so what only a suspended one needs stands apart, in <see cref="Tree"/>.
/// </summary>
internal sealed class Scope : Frame
{
    private const int Paused = 1;
    private const int Interrupted = 2;
    private const int Ended = 4;
    private const int Uninterruptible = 8;

    /// <summary>An epoch that never comes.</summary>
    private const int SlowPathOnly = -1;

    private Call? _call;
    private FrameTree? _tree;
    private int _signals;
    private int _epoch;

    public Scope(Plan plan)
        : base(null)
    {
        Plan = plan;
    }

    /// <summary>Stands where a frame has no scope.</summary>
    public static Scope None { get; } = new(null!) { _signals = Ended };

    public Plan Plan { get; set; }

    /// <summary>
    /// The controller's events up to this one have been seen. It stands at none while the scope is paused or interrupted, so that an
    /// await has but one question to ask; both change under the scope's lock.
    /// </summary>
    public int Epoch
    {
        get => Volatile.Read(ref _epoch);
        set => _epoch = value;
    }

    /// <summary>When the call began, by <see cref="Clock"/>.</summary>
    public long StartedAt { get; set; }

    public bool Flows => Plan.FlowContext;

    /// <summary>A cancel, a timeout or a restart ends what runs here; hooks are left in peace, but for those at startup and before a retry.</summary>
    public bool IsInterruptible
    {
        get => (Volatile.Read(ref _signals) & Uninterruptible) == 0;
        init => _signals = value ? 0 : Uninterruptible;
    }

    public Call? CallOrNull => Volatile.Read(ref _call);

    /// <summary>Ends a call that nobody has asked about, while nobody can begin to.</summary>
    /// <returns>False where the call is known, and its end must be told.</returns>
    public bool TryEndUnobserved()
    {
        if (!Flows && IsUnshared)
        {
            // It is not marked: another thread that happens to look at this one must never take a call for ended because it once saw
            // the one before it in the same scope.
            return true;
        }

        if (Interlocked.CompareExchange(ref _call, Call.None, null) is not null)
        {
            return false;
        }

        // Nobody else writes here now, and an interlocked write would cost as much as the rest.
        _signals = Ended;
        return true;
    }

    public bool HasEnded => (Volatile.Read(ref _signals) & Ended) != 0;

    /// <summary>Something may stand between an await and its continuation. The one test on the fast path of each await.</summary>
    public bool NeedsAttention
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Epoch != Controller.Epoch;
    }

    /// <summary>An event of the controller has not come to what runs here, nor to the call it belongs to.</summary>
    public bool HasMissed(int epoch) => Epoch is var seen && seen != SlowPathOnly && seen < epoch;

    public bool IsPaused => (Volatile.Read(ref _signals) & Paused) != 0;

    public bool IsInterrupted => (Volatile.Read(ref _signals) & Interrupted) != 0;

    /// <summary>The interrupt has come to the body: one of its methods threw, or it was given the token.</summary>
    public bool InterruptWasSeen => IsInterrupted && _tree is { } tree && (tree.WasDelivered || tree.HasToken);

    public FrameTree Tree => Volatile.Read(ref _tree) ?? MakeTree();

    public BodyWait EnsureWait()
    {
        lock (this)
        {
            return Tree.Wait ??= new BodyWait();
        }
    }

    /// <summary>The wait is over, and the next one is another.</summary>
    public void ForgetWait()
    {
        lock (this)
        {
            if (Volatile.Read(ref _tree) is { } tree)
            {
                tree.Wait = null;
            }
        }
    }

    public CancellationToken Token => Tree.Token(IsInterrupted);

    /// <summary>The call, which is made when it is first needed.</summary>
    public Call EnsureCall()
    {
        var call = CallOrNull;
        if (call is null)
        {
            // A scope that does not flow has left it to now to look what flows around it.
            call = new Call(Plan, StartedAt == 0 ? Clock.Now : StartedAt, Epoch, Flows ? Parent : CurrentFrame.Resolve(Parent, CurrentFrame.Flowing));
            call = Interlocked.CompareExchange(ref _call, call, null) ?? call;
        }

        return call;
    }

    /// <summary>The context, for code of the call or for who lists the calls: from here on the call is known.</summary>
    /// <returns>Null where the call has just ended.</returns>
    public SitContext? PublishContext()
    {
        var isNew = CallOrNull is null;
        var call = EnsureCall();
        if (isNew)
        {
            call.Join(this);
        }

        return call == Call.None ? null : call.Context;
    }

    public void Attach(Call call) => Volatile.Write(ref _call, call);

    /// <summary>Applies what the controller has done since this scope last looked.</summary>
    public void CatchUp()
    {
        var epoch = Controller.Epoch;
        if (Epoch == epoch)
        {
            return;
        }

        if (!HasEnded && this != None)
        {
            // Another thread may be about to do the same: whoever is late must not go on before it is done.
            var call = EnsureCall();
            call.Join(this);
            Controller.CatchUp(call, isNew: false);
        }

        lock (this)
        {
            if ((_signals & (Paused | Interrupted)) == 0)
            {
                Epoch = epoch;
            }
        }
    }

    public void End() => Interlocked.Or(ref _signals, Ended);

    public void Hold()
    {
        lock (this)
        {
            Interlocked.Or(ref _signals, Paused);
            Epoch = SlowPathOnly;
        }
    }

    public void Release() => LetGo()?.ForEach(node => node.Unpark());

    /// <summary>Ends the pause.</summary>
    /// <returns>The awaits that wait to go on.</returns>
    public List<AwaitNode>? LetGo()
    {
        lock (this)
        {
            Interlocked.And(ref _signals, ~Paused);
            var parked = _tree?.Parked;
            if (parked is not null)
            {
                _tree!.Parked = null;
            }

            return parked;
        }
    }

    /// <summary>An await has completed: keeps it from going on where the scope is paused.</summary>
    public bool TryPark(AwaitNode node)
    {
        CatchUp();
        lock (this)
        {
            if (!IsPaused || HasEnded || !node.TryPark())
            {
                return false;
            }

            (Tree.Parked ??= []).Add(node);
            return true;
        }
    }

    /// <summary>A method is about to go on because it was interrupted: keeps it from that where the scope was paused since.</summary>
    public bool TryHold(AwaitNode node)
    {
        lock (this)
        {
            if (!IsPaused || HasEnded)
            {
                return false;
            }

            (Tree.Parked ??= []).Add(node);
            return true;
        }
    }

    /// <summary>Interrupts what runs in the scope, the innermost methods first; where it is paused, as soon as it goes on.</summary>
    /// <param name="reason">For the message.</param>
    public void Interrupt(string reason)
    {
        var tree = Tree;
        List<Frame> frames;
        lock (this)
        {
            if (IsInterrupted || HasEnded)
            {
                return;
            }

            tree.Reason = reason;

            // An await that suspends or completes does so without a fence, as there are many of them, and asks then whether the
            // scope needs attention. So it either sees that, or what it did is seen below.
            Epoch = SlowPathOnly;
            Interlocked.MemoryBarrierProcessWide();
            Interlocked.Or(ref _signals, Interrupted);
            frames = [this, .. tree.Live];
        }

        tree.CancelToken(CallOrNull);
        frames.ForEach(frame => TryInterrupt(frame));
        CallOrNull?.Execution?.OnInterrupted(this);
    }

    /// <summary>The pause is over: an interrupt that came meanwhile goes to whom it is due.</summary>
    public void InterruptHeld()
    {
        List<Frame> frames;
        lock (this)
        {
            if (!IsInterrupted || HasEnded)
            {
                return;
            }

            frames = [this, .. Tree.Live];
        }

        frames.ForEach(frame => TryInterrupt(frame));
    }

    public bool IsInterruptDue(Frame frame)
    {
        lock (this)
        {
            return IsInterrupted && !IsPaused && !frame.IsDelivered && !HasOthersFirst(frame);
        }
    }

    /// <summary>Ends the await at which a method hangs, where an interrupt is due to it.</summary>
    /// <param name="frame">The method.</param>
    /// <param name="afterChild">A helper that it started has just ended.</param>
    public void TryInterrupt(Frame frame, bool afterChild = false)
    {
        AwaitNode node;
        lock (this)
        {
            if (!IsInterrupted || IsPaused || frame.IsDelivered || frame.IsDue || HasOthersFirst(frame))
            {
                return;
            }

            if (frame is InnerFrame)
            {
                frame.IsDelivered = true;
                node = null!;
            }
            else if (frame.Node is { } waiting && waiting.TryLeave(out var hadCompleted))
            {
                node = waiting;
                frame.IsDueAfterChild = afterChild && !hadCompleted;
                frame.Node = new AwaitNode(frame, node.Count) { LeftBehind = node };
                frame.IsDue = true;
            }
            else
            {
                return;
            }
        }

        if (frame is InnerFrame inner)
        {
            inner.Interrupt();
        }
        else
        {
            node.ResumeLeft();
        }
    }

    /// <summary>Stands in for a body that is not gated: an interrupt that finds no method in it to go to calls <paramref name="onLeft"/>.</summary>
    public void Await(Action onLeft)
    {
        var node = Suspend(capturesContext: false);
        node.ResumeBy(static left => ((Action)left!)(), onLeft);
        node.Arm();
        Armed();
    }

    public void AddLive(Frame frame)
    {
        lock (this)
        {
            frame.Parent!.LiveChildren++;
            Tree.Live.Add(frame);
            if (frame is HelperFrame { IsFlowEntry: true })
            {
                Tree.FlowEntries++;
            }
        }
    }

    /// <summary>What one frame has started, another goes on to wait for.</summary>
    public void MoveChildren(Frame from, Frame to)
    {
        lock (this)
        {
            if (from.LiveChildren == 0)
            {
                return;
            }

            foreach (var child in Tree.Live.Where(child => child.Parent == from))
            {
                child.Parent = to;
            }

            to.LiveChildren += from.LiveChildren;
            from.LiveChildren = 0;
        }
    }

    public void RemoveLive(Frame frame)
    {
        Frame parent;
        List<Frame> waiting = [];
        lock (this)
        {
            parent = frame.Parent!;
            Tree.Live.Remove(frame);
            parent.LiveChildren--;
            if (frame is HelperFrame { IsFlowEntry: true } && --Tree.FlowEntries == 0 && IsInterrupted)
            {
                waiting = [.. Tree.Live];
            }
        }

        if (IsInterrupted)
        {
            waiting.ForEach(other => TryInterrupt(other, afterChild: true));
            TryInterrupt(parent, afterChild: frame is HelperFrame);
        }
    }

    public OperationCanceledException MakeInterruptException()
    {
        Tree.WasDelivered = true;
        return new OperationCanceledException($"The call of {Plan.Name} was interrupted: {Tree.Reason}.", Token);
    }

    private protected override void OnEnd()
    {
        // The end of an attempt's body is seen in its task.
    }

    private protected override void Join()
    {
        // The root is known to its scope from the start.
    }

    /// <summary>Whether others are to be interrupted before a method: the innermost comes first.</summary>
    private bool HasOthersFirst(Frame frame)
    {
        // Who started what came in through the ExecutionContext (Task.Run and the like) is not known, so that goes before all that
        // may have.
        return frame.LiveChildren > 0 || (_tree is { FlowEntries: > 0 } && !IsFromFlow(frame));
    }

    private static bool IsFromFlow(Frame frame) => frame switch
    {
        HelperFrame helper => helper.IsFromFlow,
        InnerFrame inner => IsFromFlow(inner.Parent!),
        _ => false,
    };

    /// <summary>Nobody outside can hold a scope that does not flow: it can be used again.</summary>
    private bool IsUnshared => Node is null && LiveChildren == 0 && _call is null && _tree is null;

    private FrameTree MakeTree()
    {
        var tree = new FrameTree();
        return Interlocked.CompareExchange(ref _tree, tree, null) ?? tree;
    }
}

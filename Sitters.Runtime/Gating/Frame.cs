using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Gating;

/// <summary>
/// One running async method under control, as its gate sees it. The frames of an attempt form a tree: a frame's parent is the one
/// that was running when it was started.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public abstract partial class Frame
{
    /// <summary>
    /// The attempt, or other stretch of a call, that the method runs in. Written by the thread that starts the frame or returns it for
    /// reuse; other threads read it through their own checks, see <see cref="ThreadSlot.RunningScopes"/>.
    /// </summary>
    internal Scope Scope;

    /// <summary>
    /// Written as the scope is; once the frame is registered, under the scope's lock. A scope that does not flow settles it only when a call
    /// that flows begins in it: until then the flow of the ExecutionContext may know better.
    /// </summary>
    internal Frame? Parent;

    /// <summary>
    /// The await that the method is at, or was last at; null until it first suspends. Written by the method when it first suspends, then
    /// by an interrupt that leaves the node behind: under the scope's lock, or by the method while it runs.
    /// </summary>
    internal AwaitNode? Node;

    /// <summary>How many registered children have not ended. Guarded by the scope's lock.</summary>
    internal int LiveChildren;

    /// <summary>
    /// A child ended with the interrupt's exception. Set by the child's end, and read by the method when it resumes after that.
    /// </summary>
    internal bool HasInterruptedChild;

    /// <summary>Written by the method alone.</summary>
    private FrameMarks _marks;

    /// <summary>Its thread is blocked in a checkpoint during a pause. Written by that thread.</summary>
    internal volatile bool IsBlocked;

    private protected Frame(Scope scope) => Scope = scope;

    /// <summary>For a scope, which is its own scope.</summary>
    private protected Frame() => Scope = null!;

    /// <summary>
    /// How far the interrupt has come in this method. Written under the scope's lock, or by the method itself while it runs.
    /// </summary>
    internal InterruptPhase Phase { get; private set; }

    /// <summary>The interrupt has come to the method: what it does now is cleanup.</summary>
    internal bool IsDelivered => Phase == InterruptPhase.Delivered;

    /// <summary>It is a scope: an attempt's own body.</summary>
    internal virtual bool IsRoot => false;

    /// <summary>It found its call in the ExecutionContext, as code started by Task.Run does.</summary>
    internal virtual bool IsFlowEntry => false;

    /// <summary>It, or a method around it, is such an entry.</summary>
    internal virtual bool IsFromFlow => false;

    /// <summary>Interrupts what handles its own interruption; null for a method with awaits of its own.</summary>
    internal virtual Action? OwnInterrupt => null;

    /// <summary>None to Settling: what the method awaits was asked to end by itself.</summary>
    internal void MarkSettling() => Phase = InterruptPhase.Settling;

    /// <summary>None to Due: the method is resumed to be interrupted.</summary>
    internal void MarkDue() => Phase = InterruptPhase.Due;

    /// <summary>All but Delivered to None: the method continues, to throw or to take an outcome that came first.</summary>
    /// <returns>What it was.</returns>
    internal InterruptPhase TakePhase()
    {
        var phase = Phase;
        if (phase == InterruptPhase.Settling)
        {
            Scope.Tree.EndSettling(this);
        }
        else if (phase != InterruptPhase.Delivered)
        {
            Phase = InterruptPhase.None;
        }

        return phase;
    }

    /// <summary>The frame is reused.</summary>
    private protected void ResetMarks() => _marks = FrameMarks.None;

    private protected bool Has(FrameMarks mark) => (_marks & mark) != 0;

    private protected void Mark(FrameMarks mark) => _marks |= mark;

    /// <summary>Any to Delivered.</summary>
    internal void MarkDelivered() => Phase = InterruptPhase.Delivered;

    /// <summary>Any to None: the frame is reused, what settled has ended, or what was interrupted got its outcome anyway.</summary>
    internal void ClearPhase() => Phase = InterruptPhase.None;

    private string DebuggerDisplay =>
        $"{GetType().Name} in {Scope.Plan?.Name ?? "no scope"}: {Node?.Count ?? 0} suspensions, "
        + $"{LiveChildren} live children, interrupt {Phase}";

    /// <summary>The method is about to call what it then awaits: throws in the place of that call, if an interrupt is due.</summary>
    /// <exception cref="OperationCanceledException">The call is interrupted here.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [StackTraceHidden]
    internal void ThrowIfInterruptDue()
    {
        EndCleanup();
        Scope.CatchUp();
        if (Scope.IsInterruptDue(this))
        {
            MarkDelivered();
            throw Scope.MakeInterruptException();
        }
    }

    /// <summary>
    /// Whether an await must suspend although what it awaits has completed: for a pause, and to look whether what has completed so was
    /// ended by the interrupt. What it has brought belongs to the method all the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool MustSuspend()
    {
        Scope.CatchUp();
        if (!Scope.IsPaused && !Scope.IsInterruptDue(this))
        {
            return false;
        }

        CurrentNode().AwaitsCompleted = true;
        return true;
    }

    /// <summary>
    /// The same for an await that finds a task begun earlier. There was no call to throw in the place of, so after one such result the next
    /// await throws: otherwise a loop over a completed task would never end.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool MustSuspendAtFound()
    {
        if (!MustSuspend())
        {
            return false;
        }

        if (Scope.IsInterruptDue(this))
        {
            Phase = (_marks & FrameMarks.WasLetPass) != 0 ? InterruptPhase.MustThrow : InterruptPhase.None;
            _marks |= FrameMarks.WasLetPass;
        }

        return true;
    }

    /// <summary>An interrupt is due at the await where the method is about to suspend: whether it goes on at once.</summary>
    private bool TakeInterrupt()
    {
        Scope.CatchUp();
        if (!Scope.IsInterruptDue(this))
        {
            return false;
        }

        if (Phase == InterruptPhase.MustThrow)
        {
            Node!.AwaitsCompleted = false;
            return true;
        }

        if (Node!.AwaitsCompleted || Node.CleansUp || (Node.MaySettle && Scope.HasGivenToken))
        {
            // It has ended, or is not to be ended; or it hears of the interrupt through its token: once the node is armed, its time begins.
            return false;
        }

        MarkDue();
        return true;
    }

    /// <summary>The method is about to suspend: the builder then gives the node the continuation that resumes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal AwaitNode Suspend(AwaitTraits traits, int module)
    {
        if ((traits & AwaitTraits.CleansUp) == 0)
        {
            // An await that finds a task makes no call before which that would be looked after.
            EndCleanup();
        }

        var node = CurrentNode();
        node.Prepare(traits, module);
        return node;
    }

    /// <summary>The builder has registered the continuation: from here on the method can be resumed.</summary>
    /// <returns>The node for the awaiter to call back; null where that is not needed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal AwaitNode? Arm()
    {
        var node = Node!;
        if (Scope.NeedsAttention && TakeInterrupt())
        {
            node.RunContinuation();
            return null;
        }

        node.Arm();
        if (!node.AwaitsCompleted)
        {
            return node;
        }

        node.Skip();
        OnArmed();
        return null;
    }

    /// <summary>Catches an interrupt that came while the await was set up.</summary>
    internal void OnArmed()
    {
        if (Scope.NeedsAttention)
        {
            // Attention may be needed for something else, or the interrupt not be marked yet: then it looks at the node next, which has to
            // be seen armed. An awaiter of the user's need not have fenced since.
            Interlocked.MemoryBarrier();
            Scope.TryInterrupt(this);
        }
    }

    /// <summary>Runs a stretch of the method, from one await to the next or to its end.</summary>
    /// <param name="continuation">See <see cref="Continuation"/>.</param>
    internal void Run(object continuation)
    {
        var slot = ThreadSlot.Mine;
        var previous = slot.Current;
        slot.Current = this;
        var suspensions = Node!.Count;
        Continuation.Run(continuation);
        slot.Restore(previous);

        // The thread that resumes the method runs it alone, so the count changes only if the method has suspended again. Another thread
        // may be running it by then, but the count never decreases.
        if (Node.Count == suspensions)
        {
            Node.Clear();
            OnEnd();
        }
    }

    /// <summary>The method has come to its end.</summary>
    private protected abstract void OnEnd();

    /// <summary>The method has suspended. After the first time, its thread is back in the frame it was in before.</summary>
    internal virtual void OnFirstSuspension()
    {
    }

    /// <summary>The method is about to suspend for the first time.</summary>
    private protected abstract void Register();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private AwaitNode CurrentNode() => Node ?? FirstNode();

    private AwaitNode FirstNode()
    {
        Node = new AwaitNode(this, 0);
        Register();
        if (Scope.Plan is { HasLimits: true })
        {
            Scope.LookAtClockNow();
        }

        return Node;
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Gating;

/// <summary>
/// One running async method under control, as its gate knows it. The frames of an attempt form a tree: a frame's parent is the one
/// that was running when it was started.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public abstract class Frame
{
    /// <summary>The attempt, or other stretch of a call, that the method runs in.</summary>
    internal Scope Scope;

    internal Frame? Parent;

    /// <summary>The await that the method is at, or was last at; null until it first suspends.</summary>
    internal AwaitNode? Node;

    /// <summary>How many children were started and have not ended; counted under the tree's lock.</summary>
    internal int LiveChildren;

    /// <summary>A child ended with the interrupt's exception.</summary>
    internal bool HasInterruptedChild;

    private protected Frame(Scope scope) => Scope = scope;

    /// <summary>For a scope, which is its own.</summary>
    private protected Frame() => Scope = null!;

    /// <summary>How far the interrupt has come with this method. Written under the tree's lock, or by the method itself while it runs.</summary>
    internal InterruptPhase Phase { get; private set; }

    /// <summary>The interrupt has come to the method: what it does now is cleanup.</summary>
    internal bool IsDelivered => Phase == InterruptPhase.Delivered;

    /// <summary>It is a scope: an attempt's own body.</summary>
    internal virtual bool IsRoot => false;

    /// <summary>Found its call in the ExecutionContext, as what Task.Run starts does.</summary>
    internal virtual bool IsFlowEntry => false;

    /// <summary>It, or a method around it, is such an entry.</summary>
    internal virtual bool IsFromFlow => false;

    /// <summary>How to interrupt what sees to that itself; null for a method with awaits of its own.</summary>
    internal virtual Action? OwnInterrupt => null;

    /// <summary>None to Due or DueAfterChild: the method is resumed to be interrupted.</summary>
    internal void MarkDue(bool afterChild) => Phase = afterChild ? InterruptPhase.DueAfterChild : InterruptPhase.Due;

    /// <summary>Due or DueAfterChild to None: the method goes on, to throw or to take an outcome that came first.</summary>
    /// <returns>What it was.</returns>
    internal InterruptPhase TakeDue()
    {
        var phase = Phase;
        if (phase is InterruptPhase.Due or InterruptPhase.DueAfterChild)
        {
            Phase = InterruptPhase.None;
        }

        return phase;
    }

    /// <summary>Any to Delivered.</summary>
    internal void MarkDelivered() => Phase = InterruptPhase.Delivered;

    /// <summary>Any to None: the frame is used again, or what was interrupted got its outcome all the same.</summary>
    internal void ClearPhase() => Phase = InterruptPhase.None;

    private string DebuggerDisplay =>
        $"{GetType().Name} in {Scope.Plan?.Name ?? "no scope"}: {Node?.Count ?? 0} suspensions, {LiveChildren} live children, interrupt {Phase}";

    /// <summary>Whether an await that has already completed must suspend nevertheless.</summary>
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

    /// <summary>Whether the method throws at the await it is about to suspend at.</summary>
    private bool TakeInterrupt()
    {
        Scope.CatchUp();
        if (!Scope.IsInterruptDue(this))
        {
            return false;
        }

        Node!.AwaitsCompleted = false;
        MarkDue(afterChild: false);
        return true;
    }

    /// <summary>The method is about to suspend: its node learns from the builder how to resume it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal AwaitNode Suspend(bool capturesContext)
    {
        var node = CurrentNode();
        node.Prepare(capturesContext);
        return node;
    }

    /// <summary>The builder knows of the suspension.</summary>
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
            Scope.TryInterrupt(this);
        }
    }

    /// <summary>Runs a stretch of the method, from one await to the next or to its end.</summary>
    internal void Run(Action<object?> continuation, object? machine)
    {
        var slot = ThreadSlot.Mine;
        var previous = slot.Current;
        slot.Current = this;
        var suspensions = Node!.Count;
        continuation(machine);
        slot.Restore(previous);

        // Whoever resumes the method runs it alone, so the count stands still unless it suspended just now; then others may be
        // running it already, but the count never goes back.
        if (Node.Count == suspensions)
        {
            Node.Clear();
            OnEnd();
        }
    }

    /// <summary>The method has come to its end.</summary>
    private protected abstract void OnEnd();

    /// <summary>The method has suspended: was it for the first time, its thread is in what it was in before.</summary>
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
        return Node;
    }
}

using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime.Gating;

/// <summary>
/// One running async method under control, as its gate knows it. The frames of an attempt form a tree: a frame's parent is the one
/// that was running when it was started.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Frame
{
    /// <summary>The attempt, or other stretch of a call, that the method runs in.</summary>
    internal Scope Scope;

    internal Frame? Parent;

    /// <summary>The await that the method is at, or was last at; null until it first suspends.</summary>
    internal AwaitNode? Node;

    /// <summary>How many children were started and have not ended; counted under the scope's lock.</summary>
    internal int LiveChildren;

    /// <summary>The interrupt was thrown in this method, or came to it from a child: its cleanup is left in peace.</summary>
    internal bool IsDelivered;

    /// <summary>The method was resumed to be interrupted, and throws at the await it stands at.</summary>
    internal bool IsDue;

    /// <summary>The interrupt comes after the last child's end, which may have brought what the method awaits to its own end.</summary>
    internal bool IsDueAfterChild;

    /// <summary>A child ended with the interrupt's exception.</summary>
    internal bool HasInterruptedChild;

    private protected Frame(Scope? scope) => Scope = scope ?? (Scope)this;

    internal static Frame? Enter()
    {
        var slot = ThreadSlot.Existing;
        return CurrentFrame.Find(slot) is { } parent ? HelperFrame.Start(slot ?? ThreadSlot.Mine, parent) : null;
    }

    /// <summary>Whether an await that has already completed must suspend all the same.</summary>
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
        IsDue = true;
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
            node.RunOn();
            return null;
        }

        node.Arm();
        if (!node.AwaitsCompleted)
        {
            return node;
        }

        node.Skip();
        Armed();
        return null;
    }

    /// <summary>Catches an interrupt that came while the await was set up.</summary>
    internal void Armed()
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
    private protected abstract void Join();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private AwaitNode CurrentNode() => Node ?? FirstNode();

    private AwaitNode FirstNode()
    {
        Node = new AwaitNode(this, 0);
        Join();
        return Node;
    }
}

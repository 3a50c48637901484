using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Sitters.Runtime;

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
        return Ambient.Find(slot) is { } parent ? HelperFrame.Start(slot ?? ThreadSlot.Mine, parent) : null;
    }

    /// <summary>Whether an await that has already completed must suspend all the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool MustSuspend()
    {
        Scope.CatchUp();
        return ThreadSlot.Mine.AwaitsCompleted = Scope.IsPaused || Scope.IsInterruptDue(this);
    }

    /// <summary>Whether the method throws at the await it is about to suspend at.</summary>
    internal bool TakeInterrupt()
    {
        Scope.CatchUp();
        if (!Scope.IsInterruptDue(this))
        {
            return false;
        }

        ThreadSlot.Mine.AwaitsCompleted = false;
        IsDue = true;
        CurrentNode().Count++;
        return true;
    }

    internal AwaitNode Arm(Action continuation, bool capturesContext)
    {
        var node = CurrentNode();
        node.Arm(continuation, capturesContext);
        return node;
    }

    /// <summary>Goes on without the awaiter where that has completed: it need not be able to call back then.</summary>
    internal static bool TrySkip(AwaitNode node)
    {
        var slot = ThreadSlot.Mine;
        if (!slot.AwaitsCompleted)
        {
            return false;
        }

        slot.AwaitsCompleted = false;
        node.Skip();
        return true;
    }

    /// <summary>Runs a stretch of the method, from one await to the next or to its end.</summary>
    internal void Run(Action continuation)
    {
        var slot = ThreadSlot.Mine;
        var previous = slot.Current;
        slot.Current = this;
        var suspensions = Node!.Count;
        continuation();
        slot.Current = previous;

        // Whoever resumes the method runs it alone, so the count stands still unless it suspended just now; then others may be
        // running it already, but the count never goes back.
        if (Node.Count == suspensions)
        {
            OnEnd();
        }
    }

    /// <summary>The method has come to its end.</summary>
    private protected abstract void OnEnd();

    /// <summary>The method is about to suspend for the first time.</summary>
    private protected abstract void Join();

    private AwaitNode CurrentNode()
    {
        if (Node is null)
        {
            Node = new AwaitNode(this, 0);
            Join();
        }

        return Node;
    }
}

using System.Diagnostics;

namespace Sitters.Runtime.Gating;

/// <summary>
/// The methods that run in a scope, as a tree, and the order in which an interrupt reaches them: the innermost first. It is created
/// only when something happens in the scope that a single await cannot handle alone.
/// </summary>
/// <remarks>
/// The scope is its lock, which is there before the tree is and which nobody else has a reference to lock on. It guards the tree, the parked
/// awaits, the scope's pause and interrupt, and the phase of each frame. No other lock is taken inside it, and no foreign code runs under it:
/// what is decided under it is carried out after it is released.
/// </remarks>
internal sealed partial class FrameTree(Scope scope)
{
    /// <summary>The methods that run in the scope and have suspended, except its root. Guarded by the lock, as the next two.</summary>
    private LiveFrames _live;

    /// <summary>How many of them were started not by a method of the scope, but by code that its context flowed to.</summary>
    private int _flowEntries;

    private TreeExtras? _extras;

    /// <summary>Under no lock: its source is set once, by CAS.</summary>
    private ScopeToken _token;

    public ref ScopeToken Token => ref _token;

    /// <summary>The wait for the end of what runs in the scope.</summary>
    public BodyWait EnsureWait()
    {
        lock (scope)
        {
            return Extras.Wait ??= new BodyWait();
        }
    }

    /// <summary>The wait is over; the next one is a new object.</summary>
    public void ForgetWait()
    {
        lock (scope)
        {
            Extras.Wait = null;
        }
    }

    /// <summary>The scope is no longer paused.</summary>
    /// <returns>The awaits to be continued; null if there are none.</returns>
    public List<AwaitNode>? TakeParkedLocked()
    {
        Debug.Assert(Monitor.IsEntered(scope), "The tree is guarded by the lock.");
        if (_extras is not { Parked: { } parked })
        {
            return null;
        }

        _extras.Parked = null;
        return parked;
    }

    /// <summary>An await has completed: holds it back if the scope is paused.</summary>
    public bool TryPark(AwaitNode node)
    {
        lock (scope)
        {
            if (!scope.IsPaused || scope.HasEnded || !node.TryPark())
            {
                return false;
            }

            (Extras.Parked ??= []).Add(node);
            return true;
        }
    }

    /// <summary>A method is about to resume because it was interrupted: holds it back if the scope was paused since.</summary>
    public bool TryParkInterrupted(AwaitNode node)
    {
        lock (scope)
        {
            if (!scope.IsPaused || scope.HasEnded)
            {
                return false;
            }

            (Extras.Parked ??= []).Add(node);
            return true;
        }
    }

    public void Add(Frame frame)
    {
        lock (scope)
        {
            ParentLocked(frame).LiveChildren++;
            _live.Add(frame);
            _flowEntries += frame.IsFlowEntry ? 1 : 0;
        }
    }

    /// <summary>The frame that waits for this one.</summary>
    public Frame ParentOf(Frame frame)
    {
        lock (scope)
        {
            return ParentLocked(frame);
        }
    }

    /// <summary>Hands the children of one frame to another, which waits for them from now on.</summary>
    /// <param name="from">The frame, which gets no more children.</param>
    /// <param name="to">The other one; null for the one that waits for the frame itself.</param>
    public void MoveChildren(Frame from, Frame? to = null)
    {
        lock (scope)
        {
            if (from.LiveChildren == 0)
            {
                return;
            }

            // The children learn of it when they look for their parent: there may be thousands of them.
            to ??= ParentLocked(from);
            from.Successor = to;
            to.LiveChildren += from.LiveChildren;
            from.LiveChildren = 0;
        }
    }

    public void Remove(Frame frame)
    {
        Frame parent;
        List<Frame>? waiting = null;
        lock (scope)
        {
            if (!_live.Remove(frame))
            {
                // It was taken for ended when it came to an await that has no gate.
                return;
            }

            parent = ParentLocked(frame);
            parent.LiveChildren--;
            _flowEntries -= frame.IsFlowEntry ? 1 : 0;
            if (frame.IsFlowEntry && _flowEntries == 0 && scope.IsInterrupted)
            {
                waiting = [.. _live];
            }
        }

        if (scope.IsInterrupted)
        {
            waiting?.ForEach(TryInterrupt);
            TryInterrupt(parent);
        }
    }

    private TreeExtras Extras
    {
        get
        {
            Debug.Assert(Monitor.IsEntered(scope), "The tree is guarded by the lock.");
            return _extras ??= new TreeExtras();
        }
    }

    /// <summary>The parent, or the one that took its place; the way there is shortened for the next time.</summary>
    private Frame ParentLocked(Frame frame)
    {
        Debug.Assert(Monitor.IsEntered(scope), "The tree is guarded by the lock.");
        var parent = frame.Parent!;
        while (parent.Successor is { } successor)
        {
            if (successor.Successor is { } next)
            {
                parent.Successor = next;
            }

            parent = successor;
        }

        return frame.Parent = parent;
    }

    /// <returns>Null if there is none but the scope's own.</returns>
    private Frame[]? FramesLocked()
    {
        Debug.Assert(Monitor.IsEntered(scope), "The tree is guarded by the lock.");
        return _live.IsEmpty ? null : [scope, .. _live];
    }

    /// <summary>Whether an interrupt may reach a method now: not before the methods inside it, and not during a pause.</summary>
    private bool IsNextLocked(Frame frame)
    {
        Debug.Assert(Monitor.IsEntered(scope), "The tree is guarded by the lock.");

        // Code that came in through the ExecutionContext (Task.Run and the like) does not say which method started it, so it is
        // interrupted before every method that may have.
        return scope is { IsInterrupted: true, IsPaused: false }
            && frame is { LiveChildren: 0, IsShielded: false }
            && (_flowEntries == 0 || frame.IsFromFlow);
    }

    /// <summary>What few trees need. Guarded by the lock.</summary>
    private sealed class TreeExtras
    {
        /// <summary>The awaits that completed while the scope was paused.</summary>
        public List<AwaitNode>? Parked;

        public BodyWait? Wait;

        /// <summary>The methods whose awaits were asked to end by themselves, while they still have time for it.</summary>
        public Settling Settling;

        /// <summary>What a settling await ended with instead of a cancellation. Set by its method, and read when the body has ended.</summary>
        public Exception? SettledFailure;
    }
}

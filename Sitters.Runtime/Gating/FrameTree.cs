using System.Diagnostics;

namespace Sitters.Runtime.Gating;

/// <summary>
/// The methods that run in a scope, as a tree, and the order in which an interrupt reaches them: the innermost first. It is created
/// only when something happens in the scope that a single await cannot handle alone.
/// </summary>
/// <remarks>
/// Its lock guards the tree, the parked awaits, the scope's pause and interrupt, and the phase of each frame. No other lock
/// is taken inside it, and no foreign code runs under it: what is decided under it is carried out after it is released.
/// </remarks>
internal sealed partial class FrameTree(Scope scope)
{
    private readonly object _lock = new();

    /// <summary>The methods that run in the scope and have suspended, except its root. Guarded by the lock, as the next three.</summary>
    private HashSet<Frame>? _live;

    /// <summary>How many of them were started not by a method of the scope, but by code that its context flowed to.</summary>
    private int _flowEntries;

    /// <summary>The awaits that completed while the scope was paused.</summary>
    private List<AwaitNode>? _parked;

    private BodyWait? _wait;

    /// <summary>Under no lock: its source is set once, by CAS.</summary>
    private ScopeToken _token;

    /// <summary>Whether this thread holds the lock: for assertions.</summary>
    public bool IsLocked => Monitor.IsEntered(_lock);

    public ref ScopeToken Token => ref _token;

    /// <summary>The wait for the end of what runs in the scope.</summary>
    public BodyWait EnsureWait()
    {
        lock (_lock)
        {
            return _wait ??= new BodyWait();
        }
    }

    /// <summary>The wait is over; the next one is a new object.</summary>
    public void ForgetWait()
    {
        lock (_lock)
        {
            _wait = null;
        }
    }

    public void Pause()
    {
        lock (_lock)
        {
            scope.MarkPaused();
        }
    }

    /// <summary>Ends the pause.</summary>
    /// <returns>The awaits to be continued.</returns>
    public List<AwaitNode> Resume()
    {
        lock (_lock)
        {
            scope.MarkResumed();
            var parked = _parked;
            _parked = null;
            return parked ?? [];
        }
    }

    /// <summary>Neither paused nor interrupted any more: from here on the epoch alone tells whether an await needs attention.</summary>
    public void CatchUp(int epoch)
    {
        lock (_lock)
        {
            scope.MarkCaughtUp(epoch);
        }
    }

    /// <summary>An await has completed: holds it back if the scope is paused.</summary>
    public bool TryPark(AwaitNode node)
    {
        lock (_lock)
        {
            if (!scope.IsPaused || scope.HasEnded || !node.TryPark())
            {
                return false;
            }

            (_parked ??= []).Add(node);
            return true;
        }
    }

    /// <summary>A method is about to resume because it was interrupted: holds it back if the scope was paused since.</summary>
    public bool TryParkInterrupted(AwaitNode node)
    {
        lock (_lock)
        {
            if (!scope.IsPaused || scope.HasEnded)
            {
                return false;
            }

            (_parked ??= []).Add(node);
            return true;
        }
    }

    public void Add(Frame frame)
    {
        lock (_lock)
        {
            ParentLocked(frame).LiveChildren++;
            (_live ??= []).Add(frame);
            _flowEntries += frame.IsFlowEntry ? 1 : 0;
        }
    }

    /// <summary>The frame that waits for this one.</summary>
    public Frame ParentOf(Frame frame)
    {
        lock (_lock)
        {
            return ParentLocked(frame);
        }
    }

    /// <summary>Hands the children of one frame to another, which waits for them from now on.</summary>
    /// <param name="from">The frame, which gets no more children.</param>
    /// <param name="to">The other one; null for the one that waits for the frame itself.</param>
    public void MoveChildren(Frame from, Frame? to = null)
    {
        lock (_lock)
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
        List<Frame> waiting = [];
        lock (_lock)
        {
            parent = ParentLocked(frame);
            _live!.Remove(frame);
            parent.LiveChildren--;
            _flowEntries -= frame.IsFlowEntry ? 1 : 0;
            if (frame.IsFlowEntry && _flowEntries == 0 && scope.IsInterrupted)
            {
                waiting = [.. _live];
            }
        }

        if (scope.IsInterrupted)
        {
            waiting.ForEach(TryInterrupt);
            TryInterrupt(parent);
        }
    }

    /// <summary>The parent, or the one that took its place; the way there is shortened for the next time.</summary>
    private Frame ParentLocked(Frame frame)
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The tree is guarded by the lock.");
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

    private Frame[] FramesLocked()
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The tree is guarded by the lock.");
        return [scope, .. _live ?? []];
    }

    /// <summary>Whether an interrupt may reach a method now: not before the methods inside it, and not during a pause.</summary>
    private bool IsNextLocked(Frame frame)
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The tree is guarded by the lock.");

        // Code that came in through the ExecutionContext (Task.Run and the like) does not say which method started it, so it is
        // interrupted before every method that may have.
        return scope is { IsInterrupted: true, IsPaused: false }
            && frame is { LiveChildren: 0, IsShielded: false }
            && (_flowEntries == 0 || frame.IsFromFlow);
    }
}

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
internal sealed class FrameTree(Scope scope)
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

    /// <summary>
    /// Why the scope was interrupted, for the message. Written under the lock, before the scope is marked as interrupted.
    /// </summary>
    public string Reason { get; private set; } = "";

    /// <summary>One of the methods threw the interrupt. Set by that method, and read when the body has ended.</summary>
    public bool WasDelivered { get; set; }

    /// <summary>The time limit of this attempt has passed. Set before the interrupt that it causes; never cleared.</summary>
    public bool HasTimedOut { get; set; }

    /// <summary>Whether this thread holds the lock: for assertions.</summary>
    public bool IsLocked => Monitor.IsEntered(_lock);

    public bool HasToken => _token.Exists;

    public CancellationToken Token => ScopeToken.Get(ref _token, scope);

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

    /// <summary>Interrupts what runs in the scope, the innermost methods first; if it is paused, as soon as it is resumed.</summary>
    /// <returns>Whether this was the first interrupt.</returns>
    public bool Interrupt(string reason)
    {
        List<Frame> frames;
        lock (_lock)
        {
            if (scope.IsInterrupted || scope.HasEnded)
            {
                return false;
            }

            Reason = reason;
            scope.MarkInterrupted();
            frames = FramesLocked();
        }

        ScopeToken.Cancel(ref _token, scope.Owner);
        frames.ForEach(frame => TryInterrupt(frame));
        return true;
    }

    /// <summary>The pause is over: delivers an interrupt that arrived during it.</summary>
    public void InterruptAfterPause()
    {
        List<Frame> frames;
        lock (_lock)
        {
            if (!scope.IsInterrupted || scope.HasEnded)
            {
                return;
            }

            frames = FramesLocked();
        }

        frames.ForEach(frame => TryInterrupt(frame));
    }

    public bool IsInterruptDue(Frame frame)
    {
        lock (_lock)
        {
            return IsNextLocked(frame) && frame.Phase != InterruptPhase.Delivered;
        }
    }

    /// <summary>Ends the await at which a method is suspended, if an interrupt is due there.</summary>
    /// <param name="frame">The method.</param>
    /// <param name="afterChild">A helper that it started has just ended.</param>
    public void TryInterrupt(Frame frame, bool afterChild = false)
    {
        AwaitNode? left = null;
        var own = frame.OwnInterrupt;
        lock (_lock)
        {
            if (!IsNextLocked(frame) || frame.Phase != InterruptPhase.None)
            {
                return;
            }

            if (own is not null)
            {
                frame.MarkDelivered();
            }
            else if (frame.Node is { } waiting && waiting.TryLeave(out var hadCompleted))
            {
                left = waiting;
                frame.Node = new AwaitNode(frame, waiting.Count) { LeftBehind = waiting };
                frame.MarkDue(afterChild && !hadCompleted);
            }
        }

        // Outside the lock: both run code that is not ours.
        if (own is not null)
        {
            own();
        }
        else
        {
            left?.ResumeLeft();
        }
    }

    /// <summary>If the scope was interrupted, all that is left to do in it is cleanup.</summary>
    public void BeginCleanup()
    {
        lock (_lock)
        {
            if (scope.IsInterrupted)
            {
                scope.MarkDelivered();
            }
        }
    }

    public void Add(Frame frame)
    {
        lock (_lock)
        {
            frame.Parent!.LiveChildren++;
            (_live ??= []).Add(frame);
            _flowEntries += frame.IsFlowEntry ? 1 : 0;
        }
    }

    /// <summary>Hands the children of one frame to another, which waits for them from now on.</summary>
    public void MoveChildren(Frame from, Frame to)
    {
        lock (_lock)
        {
            if (from.LiveChildren == 0)
            {
                return;
            }

            foreach (var child in _live!.Where(child => child.Parent == from))
            {
                child.Parent = to;
            }

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
            parent = frame.Parent!;
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
            waiting.ForEach(other => TryInterrupt(other, afterChild: true));
            TryInterrupt(parent, afterChild: frame.OwnInterrupt is null);
        }
    }

    private List<Frame> FramesLocked()
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
        return scope is { IsInterrupted: true, IsPaused: false } && frame.LiveChildren == 0 && (_flowEntries == 0 || frame.IsFromFlow);
    }
}

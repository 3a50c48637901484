using System.Diagnostics;

namespace Sitters.Runtime.Gating;

/// <summary>
/// The methods that run in a scope, as a tree, and the rule by which an interrupt comes to them: the innermost first. It exists only
/// once something has happened in the scope that a single await cannot answer.
/// </summary>
/// <remarks>
/// Its lock guards the tree, what is parked, the scope's pause and interrupt, and the phase of each frame. It is the innermost lock but
/// for the deadlines'; nothing is called under it, and what is decided under it is done after it.
/// </remarks>
internal sealed class FrameTree(Scope scope)
{
    private readonly object _lock = new();

    /// <summary>The methods that run in the scope and have suspended, beside its root.</summary>
    private HashSet<Frame>? _live;

    /// <summary>How many of them were not started by a method of the scope itself, but by code that its context flowed to.</summary>
    private int _flowEntries;

    /// <summary>The awaits that completed while the scope was paused.</summary>
    private List<AwaitNode>? _parked;

    private BodyWait? _wait;
    private ScopeToken _token;

    /// <summary>Why the scope was interrupted, for the message.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>One of the methods threw the interrupt.</summary>
    public bool WasDelivered { get; set; }

    /// <summary>The time limit of this attempt passed.</summary>
    public bool HasTimedOut { get; set; }

    public bool HasToken => _token.Exists;

    public CancellationToken Token => ScopeToken.Get(ref _token, scope.IsInterrupted);

    /// <summary>What waits for the end of what runs in the scope.</summary>
    public BodyWait EnsureWait()
    {
        lock (_lock)
        {
            return _wait ??= new BodyWait();
        }
    }

    /// <summary>The wait is over, and the next one is another.</summary>
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
    /// <returns>The awaits that wait to go on.</returns>
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

    /// <summary>Nothing holds the scope any more: from here on the epoch alone tells whether an await needs attention.</summary>
    public void CatchUp(int epoch)
    {
        lock (_lock)
        {
            scope.MarkCaughtUp(epoch);
        }
    }

    /// <summary>An await has completed: keeps it from going on where the scope is paused.</summary>
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

    /// <summary>A method is about to go on because it was interrupted: keeps it from that where the scope was paused since.</summary>
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

    /// <summary>Interrupts what runs in the scope, the innermost methods first; where it is paused, as soon as it is resumed.</summary>
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

    /// <summary>Ends the await at which a method is suspended, where an interrupt is due there.</summary>
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
            else if (frame.Node is { } waiting && waiting.TryLeaveBehind(out var hadCompleted))
            {
                left = waiting;
                frame.Node = new AwaitNode(frame, waiting.Count) { LeftBehind = waiting };
                frame.MarkDue(afterChild && !hadCompleted);
            }
        }

        // Outside the lock: either runs code that is not ours.
        if (own is not null)
        {
            own();
        }
        else
        {
            left?.ResumeInterrupted();
        }
    }

    /// <summary>What is left to do in the scope is cleanup, where it was interrupted.</summary>
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

    /// <summary>What one frame has started, another goes on to wait for.</summary>
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

    /// <summary>Whether an interrupt may come to a method now: the innermost comes first, and a paused one later.</summary>
    private bool IsNextLocked(Frame frame)
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The tree is guarded by the lock.");

        // Which method started what came in through the ExecutionContext (Task.Run and the like) is not known, so that goes before all
        // that may have.
        return scope is { IsInterrupted: true, IsPaused: false } && frame.LiveChildren == 0 && (_flowEntries == 0 || frame.IsFromFlow);
    }
}

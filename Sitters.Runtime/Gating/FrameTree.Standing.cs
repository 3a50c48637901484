namespace Sitters.Runtime.Gating;

// Whether any method of the scope runs, and which ones there are.
internal sealed partial class FrameTree
{
    /// <summary>
    /// No method of the scope runs: each is suspended, or held back. Exact for a scope that was paused before the last process-wide fence:
    /// since then no await has passed unseen.
    /// </summary>
    /// <param name="running">The scopes that threads are in.</param>
    public bool StandsStill(IReadOnlyList<Scope> running)
    {
        lock (scope)
        {
            // The root has no await of its own before it first suspends, and where it only holds the steps of a stream together.
            return (scope.Node is null ? scope.IsBlocked || !running.Contains(scope) : StandsStillLocked(scope))
                && (_live.IsEmpty || _live.All(StandsStillLocked));
        }
    }

    /// <summary>Each method that has suspended, with the one that waits for it: the root first, and all of the same moment.</summary>
    public (Frame Frame, Frame? Parent)[] Frames()
    {
        lock (scope)
        {
            return _live.IsEmpty ? [(scope, null)] : [(scope, null), .. _live.Select(frame => (frame, (Frame?)ParentLocked(frame)))];
        }
    }

    /// <summary>An interrupt is thrown by what asked for it itself, a checkpoint, and not at an await.</summary>
    /// <returns>False if none is due in the method.</returns>
    public bool TryDeliver(Frame frame)
    {
        lock (scope)
        {
            if (!IsNextLocked(frame) || frame.Phase == InterruptPhase.Delivered)
            {
                return false;
            }

            frame.MarkDelivered();
            return true;
        }
    }

    private bool StandsStillLocked(Frame frame) =>
        frame.IsBlocked
        || frame.OwnInterrupt is not null
        || frame.Node is { StandsStill: true }
        || (frame.Node?.LeftBehind is { } left && frame.Phase != InterruptPhase.None && _extras?.Parked?.Contains(left) == true);
}

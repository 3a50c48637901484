using System.Diagnostics;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Gating;

// How an interrupt comes to the methods of a scope. What a method awaits is asked to end by itself, through the call's token, and then
// settles; what was given no token, or takes too long, is left behind.
internal sealed partial class FrameTree
{
    /// <summary>
    /// Why the scope was interrupted, for the message. Written under the lock, before the scope is marked as interrupted.
    /// </summary>
    public InterruptReason Reason { get; private set; }

    /// <summary>One of the methods met the interrupt. Set by that method, and read when the body has ended.</summary>
    public bool WasDelivered { get; set; }

    /// <summary>The time limit of this attempt has passed. Set before the interrupt that it causes; never cleared.</summary>
    public bool HasTimedOut { get; set; }

    /// <summary>Interrupts what runs in the scope, the innermost methods first; if it is paused, as soon as it is resumed.</summary>
    /// <param name="reason">For the message.</param>
    /// <param name="fencedAt">See <see cref="Scope.MarkInterrupted"/>.</param>
    /// <returns>Whether this was the first interrupt.</returns>
    public bool Interrupt(InterruptReason reason, int fencedAt = 0)
    {
        Frame[]? frames;
        lock (scope)
        {
            if (scope.IsInterrupted || scope.HasEnded)
            {
                return false;
            }

            Reason = reason;
            scope.MarkInterrupted(fencedAt);
            frames = FramesLocked();
        }

        ScopeToken.Cancel(ref _token, scope.Owner);
        TryInterruptAll(frames);
        return true;
    }

    /// <summary>The pause is over: delivers an interrupt that arrived during it.</summary>
    public void InterruptAfterPause()
    {
        Frame[]? frames;
        lock (scope)
        {
            if (!scope.IsInterrupted || scope.HasEnded)
            {
                return;
            }

            frames = FramesLocked();
        }

        TryInterruptAll(frames);
    }

    public bool IsInterruptDue(Frame frame)
    {
        lock (scope)
        {
            return IsNextLocked(frame) && frame.Phase != InterruptPhase.Delivered;
        }
    }

    /// <summary>
    /// Ends the await at which a method is suspended, if an interrupt is due there: what it awaits is asked to end by itself where that is
    /// possible, and left behind where it is not.
    /// </summary>
    public void TryInterrupt(Frame frame)
    {
        AwaitNode? left = null;
        AwaitNode? asked = null;
        var count = 0;
        var own = frame.OwnInterrupt;
        lock (scope)
        {
            if (!IsNextLocked(frame) || frame.Phase != InterruptPhase.None)
            {
                return;
            }

            if (own is not null)
            {
                frame.MarkDelivered();
            }
            else if (_token.IsGiven
                && scope.Plan.SettleTime > TimeSpan.Zero
                && frame.Node is { MaySettle: true, CleansUp: false, IsWaiting: true } waiting)
            {
                frame.MarkSettling();
                asked = waiting;
                count = waiting.Count;
            }
            else
            {
                left = LeaveLocked(frame);
            }
        }

        // Outside the lock: all of these take the locks of others.
        if (own is not null)
        {
            InterruptQueue.Run(own);
        }
        else if (asked is not null)
        {
            StartSettling(frame, asked, count);
        }
        else
        {
            left?.ResumeLeft();
        }
    }

    /// <summary>If the scope was interrupted, all that is left to do in it is cleanup.</summary>
    public void BeginCleanup()
    {
        lock (scope)
        {
            if (scope.IsInterrupted)
            {
                scope.MarkDelivered();
            }
        }
    }

    /// <summary>Whether what an await, or the body, has ended with is the interrupt.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="hasSettled">It comes from what was asked to end by itself: then it is, whatever its type.</param>
    public bool IsInterrupt(Exception failure, bool hasSettled)
    {
        if (!ExceptionChain.IsCancelled(failure))
        {
            if (hasSettled)
            {
                lock (scope)
                {
                    Extras.SettledFailure = failure;
                }
            }
            else if (_extras?.SettledFailure is not { } settled || !ExceptionChain.Has(failure, inner => inner == settled))
            {
                return false;
            }
        }

        WasDelivered = true;
        return true;
    }

    /// <param name="frames">The methods in the scope; null if there is none but the scope's own.</param>
    private void TryInterruptAll(Frame[]? frames)
    {
        if (frames is null)
        {
            TryInterrupt(scope);
            return;
        }

        foreach (var frame in frames)
        {
            TryInterrupt(frame);
        }
    }

    /// <returns>The await to be resumed, to throw; null if what it awaits has just ended.</returns>
    private AwaitNode? LeaveLocked(Frame frame)
    {
        Debug.Assert(Monitor.IsEntered(scope), "The phases are guarded by the lock.");
        if (frame.Node is not { CleansUp: false } waiting || !waiting.TryLeave())
        {
            return null;
        }

        frame.Node = AwaitNode.CreateAfter(waiting, waiting);
        frame.MarkDue();
        return waiting;
    }
}

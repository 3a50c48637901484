using System.Diagnostics;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Gating;

// How an interrupt comes to the methods of a scope. What a method awaits is asked to end by itself, through the call's token, and then
// settles; what was given no token, or takes too long, is left behind.
internal sealed partial class FrameTree
{
    /// <summary>The methods whose awaits were asked to end by themselves, while they still have time for it. Guarded by the lock.</summary>
    private Dictionary<Frame, SettleDeadline>? _settling;

    /// <summary>What a settling await ended with instead of a cancellation. Set by its method, and read when the body has ended.</summary>
    private Exception? _settledFailure;

    /// <summary>
    /// Why the scope was interrupted, for the message. Written under the lock, before the scope is marked as interrupted.
    /// </summary>
    public string Reason { get; private set; } = "";

    /// <summary>One of the methods met the interrupt. Set by that method, and read when the body has ended.</summary>
    public bool WasDelivered { get; set; }

    /// <summary>The time limit of this attempt has passed. Set before the interrupt that it causes; never cleared.</summary>
    public bool HasTimedOut { get; set; }

    /// <summary>Some await has time to end by itself, during which there is no cleanup yet.</summary>
    public bool IsSettling
    {
        get
        {
            lock (_lock)
            {
                return _settling is { Count: > 0 };
            }
        }
    }

    /// <summary>Interrupts what runs in the scope, the innermost methods first; if it is paused, as soon as it is resumed.</summary>
    /// <param name="reason">For the message.</param>
    /// <param name="fencedAt">See <see cref="Scope.MarkInterrupted"/>.</param>
    /// <returns>Whether this was the first interrupt.</returns>
    public bool Interrupt(string reason, int fencedAt = 0)
    {
        List<Frame> frames;
        lock (_lock)
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
        frames.ForEach(TryInterrupt);
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

        frames.ForEach(TryInterrupt);
    }

    public bool IsInterruptDue(Frame frame)
    {
        lock (_lock)
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

    /// <summary>The method has resumed: what it awaited has ended in time.</summary>
    public void EndSettling(Frame frame)
    {
        SettleDeadline? deadline;
        lock (_lock)
        {
            if (frame.Phase == InterruptPhase.Settling)
            {
                frame.ClearPhase();
            }

            deadline = RemoveSettlingLocked(frame);
        }

        deadline?.Stop();
        scope.Owner?.OnInterrupted(scope);
    }

    private void OnSettleTimeOver(SettleDeadline deadline)
    {
        AwaitNode? left = null;
        lock (_lock)
        {
            RemoveSettlingLocked(deadline.Frame);
            if (deadline.IsCurrent)
            {
                // If the scope is paused, or code has come in that is to be interrupted before, it is left behind after that.
                deadline.Frame.ClearPhase();
                deadline.Frame.Node!.MaySettle = false;
                left = IsNextLocked(deadline.Frame) ? LeaveLocked(deadline.Frame) : null;
            }
        }

        scope.Owner?.OnInterrupted(scope);
        left?.ResumeLeft();
    }

    /// <summary>The scope has ended, and nothing is left to wait for.</summary>
    public void EndSettling()
    {
        List<SettleDeadline> deadlines;
        lock (_lock)
        {
            deadlines = [.. _settling?.Values ?? Enumerable.Empty<SettleDeadline>()];
            _settling = null;
        }

        deadlines.ForEach(deadline => deadline.Stop());
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

    /// <summary>Whether what an await, or the body, has ended with is the interrupt.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="hasSettled">It comes from what was asked to end by itself: then it is, whatever its type.</param>
    public bool IsInterrupt(Exception failure, bool hasSettled)
    {
        if (!ExceptionChain.IsCancelled(failure))
        {
            if (hasSettled)
            {
                _settledFailure = failure;
            }
            else if (_settledFailure is null || !ExceptionChain.Has(failure, inner => inner == _settledFailure))
            {
                return false;
            }
        }

        WasDelivered = true;
        return true;
    }

    private void StartSettling(Frame frame, AwaitNode node, int count)
    {
        if (scope.Owner is not { TimeProvider: { } clock } owner)
        {
            return;
        }

        var now = Clock.ReadOrLast(clock, out var failure);
        var deadline = new SettleDeadline(this, frame, node, count, scope.Plan.SettleDeadlines.On(clock), now);
        lock (_lock)
        {
            if (!deadline.IsCurrent || scope.HasEnded)
            {
                return;
            }

            (_settling ??= [])[frame] = deadline;
        }

        try
        {
            deadline.Start();
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        if (failure is not null)
        {
            // A clock of the user's: by one that fails, nothing has time to settle.
            owner.OnTokenCallbackFailed(failure);
            OnSettleTimeOver(deadline);
        }
    }

    private SettleDeadline? RemoveSettlingLocked(Frame frame)
    {
        SettleDeadline? deadline = null;
        _settling?.Remove(frame, out deadline);
        return deadline;
    }

    /// <returns>The await to be resumed, to throw; null if what it awaits has just ended.</returns>
    private AwaitNode? LeaveLocked(Frame frame)
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The phases are guarded by the lock.");
        if (frame.Node is not { CleansUp: false } waiting || !waiting.TryLeave())
        {
            return null;
        }

        frame.Node = new AwaitNode(frame, waiting.Count) { LeftBehind = waiting };
        frame.MarkDue();
        return waiting;
    }

    /// <summary>How long what one method awaits may take to end by itself, after its token has fired.</summary>
    private sealed class SettleDeadline(FrameTree tree, Frame frame, AwaitNode node, int count, DeadlineQueue queue, long startedAt)
        : Deadline(queue, startedAt)
    {
        public Frame Frame => frame;

        /// <summary>Whether the method is still at the await that this is for: the node serves one after another.</summary>
        public bool IsCurrent => frame.Phase == InterruptPhase.Settling && frame.Node == node && node.Count == count;

        protected internal override void Expire() => tree.OnSettleTimeOver(this);
    }
}

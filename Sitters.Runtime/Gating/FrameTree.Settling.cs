using Sitters.Runtime.Time;

namespace Sitters.Runtime.Gating;

// How what a method awaits is given time to end by itself, once the token that it was given has fired.
internal sealed partial class FrameTree
{
    /// <summary>Some await has time to end by itself, during which there is no cleanup yet.</summary>
    public bool IsSettling
    {
        get
        {
            lock (scope)
            {
                return _extras is { Settling.HasAny: true };
            }
        }
    }

    /// <summary>The method has resumed: what it awaited has ended in time.</summary>
    public void EndSettling(Frame frame)
    {
        SettleDeadline? deadline;
        lock (scope)
        {
            if (frame.Phase == InterruptPhase.Settling)
            {
                frame.ClearPhase();
            }

            deadline = Extras.Settling.Take(frame);
        }

        deadline?.Stop();
        scope.Owner?.OnInterrupted(scope);
    }

    private void OnSettleTimeOver(SettleDeadline deadline)
    {
        AwaitNode? left = null;
        lock (scope)
        {
            _ = Extras.Settling.Take(deadline.Frame);
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
        lock (scope)
        {
            if (_extras is not { Settling.HasAny: true })
            {
                return;
            }

            deadlines = Extras.Settling.TakeAll();
        }

        deadlines.ForEach(deadline => deadline.Stop());
    }

    private void StartSettling(Frame frame, AwaitNode node, int count)
    {
        if (scope.Owner is not { TimeProvider: { } clock })
        {
            return;
        }

        var now = Clock.Read(clock, out var failure);
        var deadline = new SettleDeadline(this, frame, node, count, scope.Plan.SettleDeadlines.On(clock), now);
        lock (scope)
        {
            if (!deadline.IsCurrent || scope.HasEnded)
            {
                return;
            }

            Extras.Settling.Add(deadline);
        }

        deadline.Start();
        bool isOver;
        lock (scope)
        {
            isOver = !deadline.IsCurrent || scope.HasEnded;
        }

        if (isOver)
        {
            // Whoever ended it meanwhile may have stopped what had not started.
            deadline.Stop();
        }

        if (failure is not null)
        {
            OnClockFailed(failure);
        }
    }

    private void OnClockFailed(Exception failure) => scope.Owner?.OnUsersCodeFailed(failure);

    /// <summary>How long what one method awaits may take to end by itself, after its token has fired.</summary>
    private sealed class SettleDeadline(FrameTree tree, Frame frame, AwaitNode node, int count, DeadlineQueue queue, long startedAt)
        : Deadline(queue, startedAt)
    {
        public Frame Frame => frame;

        /// <summary>Whether the method is still at the await that this is for: the node serves one after another.</summary>
        public bool IsCurrent => frame.Phase == InterruptPhase.Settling && frame.Node == node && node.Count == count;

        protected internal override void Expire() => tree.OnSettleTimeOver(this);

        protected internal override void OnClockFailed(Exception failure) => tree.OnClockFailed(failure);
    }

    /// <summary>The deadlines of the methods that have time; mostly one. Guarded by the scope's lock.</summary>
    private struct Settling
    {
        private SettleDeadline? _one;
        private Dictionary<Frame, SettleDeadline>? _others;

        public readonly bool HasAny => _one is not null || _others is { Count: > 0 };

        public void Add(SettleDeadline deadline)
        {
            if (!HasAny || _one?.Frame == deadline.Frame)
            {
                _one = deadline;
            }
            else
            {
                (_others ??= [])[deadline.Frame] = deadline;
            }
        }

        public SettleDeadline? Take(Frame frame)
        {
            SettleDeadline? taken = null;
            if (_one?.Frame == frame)
            {
                (taken, _one) = (_one, null);
            }
            else
            {
                _others?.Remove(frame, out taken);
            }

            return taken;
        }

        public List<SettleDeadline> TakeAll()
        {
            List<SettleDeadline> all = [.. _others?.Values ?? Enumerable.Empty<SettleDeadline>()];
            if (_one is not null)
            {
                all.Add(_one);
            }

            this = default;
            return all;
        }
    }
}

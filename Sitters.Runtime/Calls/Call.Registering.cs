using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

// How a call becomes known to others, and stops being known.
internal partial class Call
{
    /// <summary>The call that a scope belongs to, made when it is first asked for.</summary>
    /// <returns>Null if the call ended before anybody asked.</returns>
    public static Call? Of(Scope scope)
    {
        // The calls around it first, the outermost before the others: calls may be nested deeper than a stack is.
        Stack<Scope>? unknown = null;
        for (var outer = UnknownAround(scope); outer is not null; outer = UnknownAround(outer))
        {
            (unknown ??= new()).Push(outer);
        }

        while (unknown is not null && unknown.TryPop(out var next))
        {
            _ = Make(next);
        }

        return scope.Owner as Call ?? Make(scope);
    }

    /// <summary>The call's context, for its own code or for a list of calls: from here on the call is known.</summary>
    /// <returns>Null if the call has just ended.</returns>
    public static SitContext? PublishContext(Scope scope)
    {
        // Also one that was made before: a call inside it that has suspended made it, to know what it runs in.
        var call = Of(scope);
        if (call is { _isRegistered: false })
        {
            call.Register(scope);
        }

        return call?.Context;
    }

    /// <summary>Registers with the controller, and applies every event since the call began.</summary>
    /// <param name="scope">The scope that runs, if one does.</param>
    public void Register(Scope? scope)
    {
        _outer?.CatchUp();
        bool hasMissedNothing;
        lock (this)
        {
            if (_isRegistered || _interrupt.IsClosed)
            {
                return;
            }

            _isRegistered = true;
            if (scope is not null)
            {
                AttachLocked(scope);
            }

            Controller.Add(this);
            ActiveCallHint.MarkActive();
            if (!IsShared)
            {
                _outer?.Enter(this, InterruptByOuterCall, isAwaited: !IsStream);
            }

            // After it was added, so that one of both sees the other: this, what was ordered, or who ordered it, the call.
            hasMissedNothing = Epoch == ControlEpoch.Current && !Controller.HasPauses;
        }

        _outer?.InterruptIfDue();
        if (!hasMissedNothing)
        {
            Apply();
        }
    }

    /// <summary>Applies what was ordered for all calls of the domain since the call last looked.</summary>
    /// <param name="fencedAt">See <see cref="Scope.MarkInterrupted"/>.</param>
    public void Apply(int fencedAt = 0)
    {
        var kind = SitInterrupt.None;
        var (epoch, orderedAt) = (ControlEpoch.Current, 0);
        lock (this)
        {
            if (!_isRegistered)
            {
                return;
            }

            var since = Epoch;
            ApplyInterruptsLocked(ControlDomain.Process.State, IsOutermost, since, ref kind, ref orderedAt);
            if (Domain != ControlDomain.Process)
            {
                ApplyInterruptsLocked(Domain.State, Outer?.Domain != Domain, since, ref kind, ref orderedAt);
            }

            // An order may have been stored a moment before it counts.
            Epoch = Math.Max(Math.Max(epoch, orderedAt), since);
        }

        if (kind != SitInterrupt.None)
        {
            Interrupt(kind, epoch: orderedAt, fencedAt: fencedAt);
        }
        else
        {
            FollowPauses();
        }
    }

    /// <summary>The call has come to its end and is no longer among the active ones; its caller gets the outcome next.</summary>
    public void BeginDelivery()
    {
        Left left;
        lock (this)
        {
            left = UnregisterLocked();
        }

        left.Follow();
    }

    /// <summary>
    /// <see cref="Detach"/>, <see cref="Close"/> and <see cref="BeginDelivery"/> at once: most calls end so, with the result of their first
    /// attempt.
    /// </summary>
    public void Complete(Scope scope)
    {
        // The clock is the user's, and is not read under the lock; nor at all by the many calls whose end nobody can ask for.
        var now = HasContext || _hasInner ? TimeOfDay : 0;
        Left left;
        lock (this)
        {
            _scopes.Remove(scope);
            CloseLocked(SitState.Completed, interruptWins: false, now);
            left = UnregisterLocked();
        }

        if (now == 0 && HasContext)
        {
            // Made meanwhile, by somebody who may not have seen the end.
            _ = StoppedAt;
        }

        End(scope);
        left.Follow();
    }

    /// <summary>The caller has the outcome. Only now does the call no longer keep the process from being idle.</summary>
    public void EndDelivery()
    {
        if (_hasEnded)
        {
            Controller.Remove(this);
            IdleWaiters.CompleteIfIdle();
        }
    }

    /// <inheritdoc/>
    public void CatchUp(Scope scope)
    {
        Register(scope);
        Apply();

        // Another thread may have taken an interrupt, and not have come to this scope yet: it ends here all the same.
        if (Pending is var pending and not SitInterrupt.None && scope.IsInterruptible)
        {
            scope.Interrupt(InterruptState.Reason(pending));
        }
    }

    /// <inheritdoc/>
    public void OnUsersCodeFailed(Exception exception) => ReportLater(exception);

    /// <summary>Stops being among the active calls.</summary>
    /// <returns>What is left to do for that, under no lock.</returns>
    private Left UnregisterLocked()
    {
        AssertLocked();
        _interrupt.Close();
        if (!_isRegistered)
        {
            return default;
        }

        _isRegistered = false;
        _hasEnded = true;
        if (_scopes.ForgetLatest()?.TokenAfterEnd is { CanBeCanceled: true } token)
        {
            Extras.TokenOfLatest = token;
        }

        if (ExtrasOrNull is { } extras)
        {
            // Those that are queued have what they need.
            extras.Hooks = null;
        }

        return new Left(this, _deadlines.TakeAll(), _outer?.Exit());
    }

    /// <summary>The scope around one whose call is not known, if that scope's call is not known either.</summary>
    private static Scope? UnknownAround(Scope scope) =>
        IsUnknown(scope) && ParentOf(scope)?.Scope is { } around && around != scope && IsUnknown(around) ? around : null;

    private static bool IsUnknown(Scope scope) => scope is { Owner: null or { IsUnclaimed: true }, HasEnded: false };

    /// <summary>A scope that does not flow puts off looking for a flowing call around it until its own is asked for.</summary>
    private static Frame? ParentOf(Scope scope) =>
        scope.Flows || scope.HasSettledParent ? scope.Parent : CurrentFrame.Resolve(scope.Parent, CurrentFrame.Flowing);

    private static Call? Make(Scope scope)
    {
        if (scope.Owner is null or { IsUnclaimed: true })
        {
            Exception? failure = null;
            var startedAt = scope.StartStamp == 0 ? Clock.Read(ControlDomain.Of(scope).TimeProvider, out failure) : scope.StartStamp;
            var call = ((Func<Scope, long, Call>?)scope.Plan.CallMaker)?.Invoke(scope, startedAt) ?? new Call(scope, startedAt);
            if (scope.TryClaim(call))
            {
                if (failure is not null)
                {
                    call.ReportLater(failure);
                }

                return call;
            }
        }

        return scope.Owner as Call;
    }

    /// <summary>The last cancel or restart of a domain, if the call has missed it.</summary>
    private void ApplyInterruptsLocked(ControlState state, bool isReached, int since, ref SitInterrupt kind, ref int orderedAt)
    {
        AssertLocked();
        if (state.SignalEpoch > since)
        {
            Extras.IsCancelledBySignal = true;
        }

        var last = Math.Max(state.CancelEpoch, state.RestartEpoch);
        if (last <= since)
        {
            return;
        }

        orderedAt = Math.Max(orderedAt, last);
        if (isReached)
        {
            NoteLocked(state.Interrupt!);

            // A restart gives way to a cancel, also to one that came first, of which the call has not learned yet.
            kind = kind == SitInterrupt.Cancel || state.CancelEpoch > since ? SitInterrupt.Cancel : SitInterrupt.Restart;
        }
    }

    /// <summary>What a call that has ended leaves to be done, under no lock; nothing if it had ended before.</summary>
    private readonly struct Left(Call? call, Deadline? deadlines, InnerFrame? inner)
    {
        public void Follow()
        {
            if (call is null)
            {
                return;
            }

            for (var deadline = deadlines; deadline is not null; deadline = deadline.Next)
            {
                deadline.Stop();
            }

            inner?.Finish();
            call.TellEnd();
            IdleWaiters.ExpectDelivery(call);
        }
    }
}

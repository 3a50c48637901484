using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Calls;

// How a call is interrupted, and how it starts again after a restart.
internal partial class Call
{
    /// <summary>The token of the caller that was cancelled.</summary>
    public CancellationToken FiredToken => ExtrasOrNull?.FiredToken ?? default;

    /// <summary>The call was interrupted by the one that it runs in.</summary>
    public bool IsInterruptedByOuterCall => _interrupt.IsByOuterCall;

    /// <summary>What the outer call's interrupt looks like from inside.</summary>
    public CancellationToken OuterToken => _outer?.Token ?? default;

    /// <summary>
    /// Whether a token is that of a call around this one: as the caller's token it says nothing, since that call passes its interrupts on.
    /// </summary>
    public bool IsOuterToken(CancellationToken token) => token.CanBeCanceled && _outer?.IsOwn(token) == true;

    /// <summary>An interrupt is pending: its effect is not decided yet.</summary>
    public bool IsInterrupted => Pending != SitInterrupt.None;

    public SitInterrupt Pending
    {
        get
        {
            lock (this)
            {
                return _interrupt.Pending;
            }
        }
    }

    /// <summary>An interrupt has begun in a scope: its grace starts now, and what still runs after it is left behind.</summary>
    public void OnInterrupted(Scope scope)
    {
        if (IsDriven)
        {
            StartGrace(scope);
        }
    }

    /// <summary>The time limit of one attempt has passed.</summary>
    public void OnAttemptTimeout(Scope scope)
    {
        lock (this)
        {
            if (_interrupt.IsPending || _pause.IsPaused || scope.HasEnded || scope.Tree.HasTimedOut)
            {
                return;
            }

            // Once: the alarm finds that the time is over, and so may the code of the attempt itself.
            scope.Tree.HasTimedOut = true;
            _interrupt.Last = SitInterrupt.Timeout;
            TellInterruptLocked(SitInterrupt.Timeout, isOfAttempt: true);
            ObserveControlLocked(static (observer, call) => observer.Interrupted(call));
        }

        scope.Interrupt(InterruptReason.AttemptTimedOut);
        TellQueued();
    }

    /// <summary>The caller has cancelled its token.</summary>
    public void OnCallerCancel(CancellationToken token) => Interrupt(SitInterrupt.CallerCancel, callerToken: token);

    /// <param name="kind">Why.</param>
    /// <param name="byOuterCall">The call around this one was interrupted.</param>
    /// <param name="epoch">
    /// When it was ordered: it takes the call out of the pauses before that. Null for now. A timeout takes it out of none: it comes to no call
    /// that is paused, and a pause that was ordered but has not come yet holds its cleanup.
    /// </param>
    /// <param name="fencedAt">See <see cref="Scope.MarkInterrupted"/>.</param>
    /// <param name="callerToken">The caller's token that fired.</param>
    public void Interrupt(
        SitInterrupt kind, bool byOuterCall = false, int? epoch = null, int fencedAt = 0, CancellationToken callerToken = default)
    {
        ScopeList scopes;
        TaskCompletionSource? released;
        CancellationTokenSource? waits;
        bool isTaken;
        lock (this)
        {
            if (kind == SitInterrupt.Timeout && _pause.IsPaused)
            {
                return;
            }

            var at = kind == SitInterrupt.Timeout ? Epoch : epoch ?? ControlEpoch.Current;
            if (kind != SitInterrupt.Timeout)
            {
                // Also if it comes second: then it ends a pause of the cleanup.
                LeavePausesLocked(at);
            }

            isTaken = _interrupt.TryTake(kind, at, byOuterCall);
            if (isTaken)
            {
                if (callerToken != default)
                {
                    Extras.FiredToken = callerToken;
                }

                TellInterruptLocked(kind, byOuterCall: byOuterCall);
                ObserveControlLocked(static (observer, call) => observer.Interrupted(call));
            }

            scopes = isTaken ? _scopes.Running : default;
            waits = isTaken ? ExtrasOrNull?.Waits : null;
            released = isTaken ? ExtrasOrNull?.TakeReleased() : null;
        }

        for (var index = 0; index < scopes.Count; index++)
        {
            if (scopes[index] is { IsInterruptible: true } scope)
            {
                scope.Interrupt(InterruptState.Reason(kind), fencedAt);
            }
        }

        FollowPauses(waitsForHooks: !isTaken);
        released?.TrySetResult();
        if (waits is not null)
        {
            _ = ScopeToken.CancelAsync(waits, this);
        }
    }

    /// <summary>The call around this one was interrupted: the pauses that were ordered since hold both.</summary>
    private void InterruptByOuterCall() => Interrupt(SitInterrupt.Cancel, byOuterCall: true, epoch: _outer?.Call?.InterruptedAt);

    /// <summary>The epoch of what interrupts the call now; where that is one attempt's matter, of what the call has learned last.</summary>
    private int InterruptedAt
    {
        get
        {
            lock (this)
            {
                return _interrupt.IsPending ? _interrupt.Epoch : Epoch;
            }
        }
    }

    /// <summary>Fires when the call is interrupted, to end waits inside other libraries.</summary>
    public CancellationToken WaitToken()
    {
        lock (this)
        {
            if (Extras.Waits is null)
            {
                Extras.Waits = new CancellationTokenSource();
                if (_interrupt.IsPending)
                {
                    // Nothing is registered on it yet. On one that was there before, the interrupt itself cancels, outside the lock.
                    Extras.Waits.Cancel();
                }
            }

            return Extras.Waits.Token;
        }
    }

    /// <summary>Hands out the first element of a stream, which can't be taken back: from here on the call does not start again.</summary>
    /// <returns>False if a restart came first.</returns>
    public bool TryHandOut()
    {
        lock (this)
        {
            return _interrupt.TryForgoRestarts();
        }
    }

    /// <summary>Begins the restart hooks. An interrupt from now on applies to the new start.</summary>
    /// <returns>False if there is no restart, or a cancel has overtaken it.</returns>
    public bool TryBeginRestart()
    {
        lock (this)
        {
            if (!_interrupt.TryBeginRestart())
            {
                return false;
            }

            Extras.Restarts++;
            Extras.Waits = null;
            TellRestartLocked();
        }

        TellQueued();
        return true;
    }

    /// <summary>The restart hooks are over.</summary>
    /// <returns>False if the call was cancelled in the meantime.</returns>
    public bool TryEndRestart()
    {
        var plan = Plan.Compiled.InForceIn(Domain.Scope);
        lock (this)
        {
            if (!_interrupt.TryEndRestart())
            {
                return false;
            }

            // What begins anew has the settings of now.
            Plan = plan;
            Attempt = 1;
            RunPauseHooksLocked();
            if (ExtrasOrNull is { } extras)
            {
                // The interrupt took the call out of the pauses; what begins anew is covered by those that last.
                extras.LeftPausesAt = 0;
            }
        }

        FollowPauses();
        return true;
    }

    /// <summary>Decides how the call ends, once: from here on no interrupt changes it.</summary>
    /// <param name="end">How it ends unless a pending interrupt wins.</param>
    /// <param name="interruptWins">Whether a pending interrupt wins over the outcome of the body.</param>
    /// <returns>How it ends, and the interrupt that won, if one did.</returns>
    public (SitState End, SitInterrupt Interrupt) Close(SitState end, bool interruptWins)
    {
        // The clock is the user's, and is not read under the lock.
        var now = TimeOfDay;
        lock (this)
        {
            return CloseLocked(end, interruptWins, now);
        }
    }

    private (SitState End, SitInterrupt Interrupt) CloseLocked(SitState end, bool interruptWins, long now)
    {
        AssertLocked();
        var pending = _interrupt.Close();
        var winner = interruptWins ? pending : SitInterrupt.None;
        if (_end == Undecided)
        {
            _end = (sbyte)(winner switch
            {
                SitInterrupt.Timeout => SitState.TimedOut,
                SitInterrupt.Cancel or SitInterrupt.CallerCancel => SitState.Cancelled,
                _ => end,
            });
        }

        NoteStopLocked(now);
        return ((SitState)_end, winner);
    }

    private void NoteStopLocked(long now)
    {
        AssertLocked();
        _stopTime = _stopTime == 0 ? Math.Max(now, ExtrasOrNull?.StartTime ?? 0) : _stopTime;
    }
}

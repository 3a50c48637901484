using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

// How a call is interrupted, by whomever, and starts again where that is a restart.
internal sealed partial class Call
{
    /// <summary>The token of the caller that was cancelled.</summary>
    public CancellationToken CallerToken => _interrupt.CallerToken;

    /// <summary>The call was interrupted by the one that it runs in.</summary>
    public bool IsInterruptedByOuterCall => _interrupt.IsByOuterCall;

    /// <summary>What the outer call's interrupt looks like from inside.</summary>
    public CancellationToken OuterToken => _outer.Token;

    private bool CanRestart
    {
        get
        {
            lock (_lock)
            {
                return _interrupt.CanRestart;
            }
        }
    }

    /// <summary>An interrupt is pending: it is not yet decided what comes of it.</summary>
    public bool IsInterrupted => Pending != SitInterrupt.None;

    public SitInterrupt Pending
    {
        get
        {
            lock (_lock)
            {
                return _interrupt.Pending;
            }
        }
    }

    /// <summary>An interrupt has begun in a scope: what runs there has its grace from now, and is left behind after it.</summary>
    public void OnInterrupted(Scope scope)
    {
        if (Execution is not null)
        {
            StartGrace(scope);
        }
    }

    /// <summary>The grace of a scope begins, or begins anew.</summary>
    public void StartGrace(Scope scope)
    {
        Deadline? before;
        lock (_lock)
        {
            before = _deadlines.Find(deadline => deadline is GraceDeadline grace && grace.Scope == scope);
        }

        Stop(before);
        Start(new GraceDeadline(this, scope));
    }

    /// <summary>The time limit of one attempt has passed.</summary>
    public void OnAttemptTimeout(Scope scope)
    {
        lock (_lock)
        {
            if (_interrupt.IsPending || _pause.IsPaused || scope.HasEnded)
            {
                return;
            }

            LastInterrupt = SitInterrupt.Timeout;
        }

        scope.Tree.HasTimedOut = true;
        scope.Interrupt("the attempt's time is over");
    }

    /// <summary>The caller has cancelled its token.</summary>
    public void OnCallerCancel(CancellationToken token) => Interrupt(SitInterrupt.CallerCancel, callerToken: token);

    public void Interrupt(SitInterrupt kind, bool byOuterCall = false, CancellationToken callerToken = default)
    {
        List<Scope> scopes;
        TaskCompletionSource? released;
        CancellationTokenSource? waits;
        if (kind == SitInterrupt.Restart && !CanRestart)
        {
            Resume();
            return;
        }

        lock (_lock)
        {
            if ((kind == SitInterrupt.Timeout && _pause.IsPaused) || !_interrupt.TryTake(kind, byOuterCall, callerToken))
            {
                return;
            }

            LastInterrupt = kind;
            EndPauseLocked();
            released = _pause.Release();
            scopes = _scopes.ToList();
            waits = _interrupt.Waits;
        }

        scopes.FindAll(scope => scope.IsInterruptible).ForEach(scope => scope.Interrupt(InterruptState.Reason(kind)));
        ReleaseScopes();
        released?.TrySetResult();
        _ = waits?.CancelAsync();
    }

    internal override void Restart() => Interrupt(SitInterrupt.Restart);

    internal override void Cancel() => Interrupt(SitInterrupt.Cancel);

    /// <summary>Fires when the call is interrupted: ends the waits that are not ours.</summary>
    public CancellationToken WaitToken()
    {
        lock (_lock)
        {
            return _interrupt.WaitToken();
        }
    }

    /// <summary>The first element of a stream is handed out, and can't be taken back: from here on the call does not start again.</summary>
    /// <returns>Whether it is: not where a restart came first.</returns>
    public bool TryHandOut()
    {
        lock (_lock)
        {
            return _interrupt.TryForgoRestarts();
        }
    }

    /// <summary>The restart hooks begin. What interrupts from now on counts for the new start.</summary>
    /// <returns>Whether they do: not where there is no restart, or a cancel has overtaken it.</returns>
    public bool TryBeginRestart()
    {
        lock (_lock)
        {
            if (!_interrupt.TryBeginRestart())
            {
                return false;
            }

            Restarts++;
            return true;
        }
    }

    /// <summary>The restart hooks are over.</summary>
    /// <returns>Whether the call goes on: not where it was cancelled meanwhile.</returns>
    public bool TryEndRestart()
    {
        lock (_lock)
        {
            if (!_interrupt.TryEndRestart())
            {
                return false;
            }

            Attempt = 1;
            RunPauseHooksLocked();
            return true;
        }
    }

    /// <summary>Decides how the call ends, once: from here on no interrupt changes it.</summary>
    /// <param name="end">How it ends unless a pending interrupt wins.</param>
    /// <param name="interruptWins">Whether a pending interrupt wins over what the body has come to.</param>
    /// <returns>How it ends, and the interrupt that won, if one did.</returns>
    public (SitState End, SitInterrupt Interrupt) Close(SitState end, bool interruptWins)
    {
        // The clock is the user's, and is not read under the lock.
        var now = Sitter.TimeProvider.GetUtcNow().UtcTicks;
        lock (_lock)
        {
            var pending = _interrupt.Close();
            var winner = interruptWins ? pending : SitInterrupt.None;
            _end ??= winner switch
            {
                SitInterrupt.Timeout => SitState.TimedOut,
                SitInterrupt.Cancel or SitInterrupt.CallerCancel => SitState.Cancelled,
                _ => end,
            };
            _stopTime = _stopTime == 0 ? now : _stopTime;
            return (_end.Value, winner);
        }
    }
}

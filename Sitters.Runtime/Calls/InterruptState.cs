namespace Sitters.Runtime.Calls;

/// <summary>The interrupt that is pending in a call, and whether one is still possible. Guarded by the call's lock.</summary>
/// <remarks>
/// Pending: None to any kind, and Restart to any other, by TryTake; Restart to None by TryBeginRestart; any to None by Close. Restarting:
/// from TryBeginRestart to TryEndRestart. Closed and ForgoesRestarts are set once and stay.
/// </remarks>
internal struct InterruptState
{
    private bool _isClosed;
    private bool _isRestarting;
    private bool _forgoesRestarts;

    /// <summary>Nothing can interrupt the call any more: its end is decided.</summary>
    public readonly bool IsClosed => _isClosed;

    /// <summary>The restart hooks are running.</summary>
    public readonly bool IsRestarting => _isRestarting;

    public SitInterrupt Pending { get; private set; }

    public readonly bool IsPending => Pending != SitInterrupt.None;

    /// <summary>When it was ordered.</summary>
    public int Epoch { get; private set; }

    /// <summary>It came from the call around this one.</summary>
    public bool IsByOuterCall { get; private set; }

    /// <summary>The token of the caller that was cancelled.</summary>
    public CancellationToken CallerToken { get; private set; }

    /// <summary>Cancels the waits of the call inside other libraries; to be used outside the lock.</summary>
    public CancellationTokenSource? Waits { get; private set; }

    /// <summary>The first interrupt counts, but a restart gives way to any other.</summary>
    public bool TryTake(SitInterrupt kind, int epoch, bool byOuterCall, CancellationToken callerToken)
    {
        var overtakes = Pending == SitInterrupt.Restart && kind != SitInterrupt.Restart;
        if (_isClosed || (IsPending && !overtakes) || ((_isRestarting || _forgoesRestarts) && kind == SitInterrupt.Restart))
        {
            return false;
        }

        Pending = kind;
        Epoch = epoch;
        IsByOuterCall = byOuterCall;
        CallerToken = callerToken;
        return true;
    }

    public CancellationToken WaitToken()
    {
        if (Waits is null)
        {
            Waits = new CancellationTokenSource();
            if (IsPending)
            {
                // Nothing is registered on it yet. On one that was there before, the interrupt itself cancels, outside the lock.
                Waits.Cancel();
            }
        }

        return Waits.Token;
    }

    /// <summary>Carries out a pending restart: an interrupt from now on applies to the new start.</summary>
    public bool TryBeginRestart()
    {
        if (Pending != SitInterrupt.Restart)
        {
            return false;
        }

        _isRestarting = true;
        Pending = SitInterrupt.None;
        Waits = null;
        return true;
    }

    /// <summary>Allows the new start, unless the restart itself was interrupted.</summary>
    public bool TryEndRestart()
    {
        _isRestarting = false;
        return !IsPending;
    }

    /// <summary>Rules out restarts from here on, unless one is pending already.</summary>
    public bool TryForgoRestarts()
    {
        _forgoesRestarts |= Pending != SitInterrupt.Restart;
        return _forgoesRestarts;
    }

    /// <summary>Rules out interrupts from here on.</summary>
    /// <returns>What was pending.</returns>
    public SitInterrupt Close()
    {
        var pending = Pending;
        _isClosed = true;
        Pending = SitInterrupt.None;
        return pending;
    }

    public static string Reason(SitInterrupt kind) => kind switch
    {
        SitInterrupt.Timeout => "its time is over",
        SitInterrupt.CallerCancel => "the caller cancelled its token",
        SitInterrupt.Restart => "it is to start again",
        _ => "it was cancelled",
    };
}

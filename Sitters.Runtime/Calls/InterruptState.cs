namespace Sitters.Runtime.Calls;

/// <summary>What has interrupted a call and is still to be heeded, and whether anything can. Guarded by the call's lock.</summary>
internal struct InterruptState
{
    private bool _isClosed;
    private bool _isRestarting;
    private bool _forgoesRestarts;

    /// <summary>Nothing can interrupt the call any more: how it ends is decided.</summary>
    public readonly bool IsClosed => _isClosed;

    /// <summary>The restart hooks are running.</summary>
    public readonly bool IsRestarting => _isRestarting;

    public readonly bool CanRestart => !_forgoesRestarts;

    public SitInterrupt Pending { get; private set; }

    public readonly bool IsPending => Pending != SitInterrupt.None;

    /// <summary>It came from the call around this one.</summary>
    public bool IsByOuterCall { get; private set; }

    /// <summary>The token of the caller that was cancelled.</summary>
    public CancellationToken CallerToken { get; private set; }

    /// <summary>What waits within the call for something that is not ours, and is to be cancelled outside the lock.</summary>
    public CancellationTokenSource? Waits { get; private set; }

    /// <summary>The first interrupt counts, but a restart gives way to any other.</summary>
    public bool TryTake(SitInterrupt kind, bool byOuterCall, CancellationToken callerToken)
    {
        var overtakes = Pending == SitInterrupt.Restart && kind != SitInterrupt.Restart;
        if (_isClosed || (IsPending && !overtakes) || ((_isRestarting || _forgoesRestarts) && kind == SitInterrupt.Restart))
        {
            return false;
        }

        Pending = kind;
        IsByOuterCall = byOuterCall;
        CallerToken = callerToken;
        return true;
    }

    public CancellationToken WaitToken()
    {
        Waits ??= new CancellationTokenSource();
        if (IsPending)
        {
            Waits.Cancel();
        }

        return Waits.Token;
    }

    /// <summary>A pending restart is heeded: what interrupts from now on counts for the new start.</summary>
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

    /// <summary>The new start may be made, unless something has interrupted the restart itself.</summary>
    public bool TryEndRestart()
    {
        _isRestarting = false;
        return !IsPending;
    }

    /// <summary>From here on no restart is heeded, unless one is pending already.</summary>
    public bool TryForgoRestarts()
    {
        _forgoesRestarts |= Pending != SitInterrupt.Restart;
        return _forgoesRestarts;
    }

    /// <summary>From here on nothing interrupts.</summary>
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

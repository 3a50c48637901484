using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Calls;

/// <summary>The interrupt that is pending in a call, and whether one is still possible. Guarded by the call's lock.</summary>
/// <remarks>
/// Pending: None to any kind, and Restart to any other, by TryTake; Restart to None by TryBeginRestart; any to None by Close. Restarting:
/// from TryBeginRestart to TryEndRestart. Closed and ForgoesRestarts are set once and stay.
/// </remarks>
internal struct InterruptState
{
    // In bytes and side by side, since there are many calls.
    private bool _isClosed;
    private bool _isRestarting;
    private bool _forgoesRestarts;
    private bool _isByOuterCall;
    private byte _pending;
    private byte _last;

    /// <summary>Nothing can interrupt the call any more: its end is decided.</summary>
    public readonly bool IsClosed => _isClosed;

    /// <summary>The restart hooks are running.</summary>
    public readonly bool IsRestarting => _isRestarting;

    public SitInterrupt Pending
    {
        readonly get => (SitInterrupt)_pending;
        private set => _pending = (byte)value;
    }

    /// <summary>The one that came last, also if it is over by now.</summary>
    public SitInterrupt Last
    {
        readonly get => (SitInterrupt)_last;
        set => _last = (byte)value;
    }

    public readonly bool IsPending => Pending != SitInterrupt.None;

    /// <summary>When it was ordered.</summary>
    public int Epoch { get; private set; }

    /// <summary>It came from the call around this one.</summary>
    public readonly bool IsByOuterCall => _isByOuterCall;

    /// <summary>The first interrupt counts, but a restart gives way to any other.</summary>
    public bool TryTake(SitInterrupt kind, int epoch, bool byOuterCall)
    {
        var overtakes = Pending == SitInterrupt.Restart && kind != SitInterrupt.Restart;
        if (_isClosed || (IsPending && !overtakes) || ((_isRestarting || _forgoesRestarts) && kind == SitInterrupt.Restart))
        {
            return false;
        }

        Pending = Last = kind;
        Epoch = epoch;
        _isByOuterCall = byOuterCall;
        return true;
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

    public static InterruptReason Reason(SitInterrupt kind) => kind switch
    {
        SitInterrupt.Timeout => InterruptReason.TimedOut,
        SitInterrupt.CallerCancel => InterruptReason.CancelledByCaller,
        SitInterrupt.Restart => InterruptReason.Restarted,
        _ => InterruptReason.Cancelled,
    };
}

using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Calls;

/// <summary>Whether a call is paused, and whether its hooks ran. Guarded by the call's lock.</summary>
/// <remarks>
/// Running to paused and held: TryBegin. Paused to held only: TryEnd, and the resume hooks run. Held to running: Release. A call that is
/// only held can be paused again.
/// </remarks>
internal struct PauseState
{
    private bool _ranPauseHooks;

    /// <summary>A pause was asked for, and no resume since.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>No part of the call may continue. Ends later than the pause: when the resume hooks have run.</summary>
    public bool IsHeld { get; private set; }

    public bool TryBegin()
    {
        if (IsPaused)
        {
            return false;
        }

        IsPaused = IsHeld = true;
        return true;
    }

    /// <summary>Ends the pause; the call stays held.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryEnd()
    {
        var wasPaused = IsPaused;
        IsPaused = false;
        return wasPaused;
    }

    /// <summary>Ends the hold.</summary>
    public void Release() => IsHeld = false;

    /// <summary>Runs the pause hooks, once per pause.</summary>
    /// <param name="hooks">The pause and resume hooks, if the call has any.</param>
    public void QueuePauseHooks(IPauseHooks? hooks)
    {
        if (hooks is not null && !_ranPauseHooks)
        {
            _ranPauseHooks = true;
            hooks.Queue(HookEvent.Pause);
        }
    }

    /// <summary>Runs the resume hooks, if the pause hooks ran.</summary>
    /// <param name="hooks">As above.</param>
    public Task? QueueResumeHooks(IPauseHooks? hooks)
    {
        if (!_ranPauseHooks)
        {
            return null;
        }

        _ranPauseHooks = false;
        return hooks!.Queue(HookEvent.Resume);
    }
}

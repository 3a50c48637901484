using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Calls;

/// <summary>Whether a call is paused, whether its hooks ran, and what waits for the end of the pause. Guarded by the call's lock.</summary>
/// <remarks>
/// Running to paused and held: TryBegin. Paused to held only: TryEnd, and the resume hooks run. Held to running: Release. A call that is
/// only held can be paused again.
/// </remarks>
internal struct PauseState
{
    private TaskCompletionSource? _released;
    private bool _ranPauseHooks;

    /// <summary>The pause and resume hooks, if the call has any.</summary>
    public IPauseHooks? Hooks { get; set; }

    /// <summary>A pause was asked for, and no resume since.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>No part of the call may continue. Ends later than the pause: when the resume hooks have run.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Completes when the call is no longer held.</summary>
    public Task WhenReleased => IsHeld
        ? (_released ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
        : Task.CompletedTask;

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
    /// <returns>What waited for that, to be completed outside the lock.</returns>
    public TaskCompletionSource? Release()
    {
        IsHeld = false;
        return TakeWaiting();
    }

    /// <summary>What waits for the end of the hold, though that goes on: to be completed outside the lock.</summary>
    public TaskCompletionSource? TakeWaiting()
    {
        var released = _released;
        _released = null;
        return released;
    }

    /// <summary>Runs the pause hooks, once per pause.</summary>
    public void QueuePauseHooks()
    {
        if (Hooks is not null && !_ranPauseHooks)
        {
            _ranPauseHooks = true;
            Hooks.Queue(HookEvent.Pause);
        }
    }

    /// <summary>Runs the resume hooks, if the pause hooks ran.</summary>
    public Task? QueueResumeHooks()
    {
        if (!_ranPauseHooks)
        {
            return null;
        }

        _ranPauseHooks = false;
        return Hooks!.Queue(HookEvent.Resume);
    }
}

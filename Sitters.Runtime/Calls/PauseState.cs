using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Calls;

/// <summary>Whether a call is paused, which hooks ran for it, and what waits for its end. Guarded by the call's lock.</summary>
internal struct PauseState
{
    private TaskCompletionSource? _released;
    private bool _ranPauseHooks;

    /// <summary>The hooks of pauses, where the call has any.</summary>
    public IPauseHooks? Hooks { get; set; }

    /// <summary>Asked for, and not resumed since.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Nothing of the call goes on yet. Ends later than the pause: when the resume hooks have run.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Completes when the call is held no longer.</summary>
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

    /// <summary>Ends the pause, though not yet what it holds.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryEnd()
    {
        var wasPaused = IsPaused;
        IsPaused = false;
        return wasPaused;
    }

    /// <summary>The call is held no longer.</summary>
    /// <returns>What waited for it, to be completed outside the lock.</returns>
    public TaskCompletionSource? Release()
    {
        IsHeld = false;
        var released = _released;
        _released = null;
        return released;
    }

    /// <summary>Runs the pause hooks, once a pause.</summary>
    public void QueuePauseHooks()
    {
        if (Hooks is not null && !_ranPauseHooks)
        {
            _ranPauseHooks = true;
            Hooks.Queue(HookEvent.Pause);
        }
    }

    /// <summary>Runs the resume hooks, where the pause hooks were.</summary>
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

using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Calls;

/// <summary>Whether a call is paused, who was told of it, and who waits for its end. Guarded by the call's lock.</summary>
internal struct PauseState
{
    private TaskCompletionSource? _released;
    private bool _isTold;

    /// <summary>Told of the pauses of a call, where it has hooks for them.</summary>
    public PauseHooks? Hooks { get; set; }

    /// <summary>Asked for, and not resumed since.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>VoidResult of the call goes on yet. Ends later than the pause: when the resume hooks have run.</summary>
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
    /// <returns>Who waited for it, to be told outside the lock.</returns>
    public TaskCompletionSource? LetGo()
    {
        IsHeld = false;
        var released = _released;
        _released = null;
        return released;
    }

    /// <summary>Runs the pause hooks, once a pause.</summary>
    public void Tell()
    {
        if (Hooks is not null && !_isTold)
        {
            _isTold = true;
            Hooks.Queue(HookEvent.Pause);
        }
    }

    /// <summary>Runs the resume hooks, where the pause hooks were.</summary>
    public Task? TellEnd()
    {
        if (!_isTold)
        {
            return null;
        }

        _isTold = false;
        return Hooks!.Queue(HookEvent.Resume);
    }
}

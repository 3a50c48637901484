using System.Diagnostics;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

// How a call is paused and resumed.
internal sealed partial class Call
{
    internal override void Pause()
    {
        var now = Now;
        lock (_lock)
        {
            if (!_isRegistered || !_pause.TryBegin())
            {
                return;
            }

            RunPauseHooksLocked();
            _deadlines.PauseAll(now);
            _scopes.ToList().ForEach(static scope => scope.Pause());
        }
    }

    internal override void Resume()
    {
        Task? hooks;
        var now = Now;
        List<(Deadline Deadline, bool IsDue)> resumed = [];
        lock (_lock)
        {
            if (!_pause.IsPaused)
            {
                return;
            }

            hooks = EndPauseLocked(now, resumed);
        }

        resumed.ForEach(Follow);
        if (hooks is null || hooks.IsCompleted)
        {
            Release();
        }
        else
        {
            hooks.ContinueWith(
                static (_, call) => ((Call)call!).Release(),
                this,
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }

    /// <summary>Completes when all pause and resume hooks queued so far have run.</summary>
    public Task WhenPauseHooksDone
    {
        get
        {
            lock (_lock)
            {
                return _pause.Hooks?.WhenDone ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>Waits until the call is no longer paused, or is interrupted.</summary>
    public Task WhenReleased()
    {
        lock (_lock)
        {
            return _interrupt.IsPending ? Task.CompletedTask : _pause.WhenReleased;
        }
    }

    /// <summary>The same, but waits again if everything is paused again by the time the wait ends.</summary>
    public async ValueTask WaitWhilePaused()
    {
        for (var released = WhenReleased(); !released.IsCompleted; released = WhenReleased())
        {
            await released.ConfigureAwait(false);
        }
    }

    public void UsePauseHooks(IPauseHooks hooks)
    {
        lock (_lock)
        {
            _pause.Hooks = hooks;
            RunPauseHooksLocked();
        }
    }

    /// <summary>Ends the pause, if there is one; what it holds back is released later.</summary>
    /// <param name="now">By the call's clock.</param>
    /// <param name="resumed">Gets the deadlines that continue, to be followed outside the lock.</param>
    /// <returns>The resume hooks, if they run.</returns>
    private Task? EndPauseLocked(long now, List<(Deadline Deadline, bool IsDue)> resumed)
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The pause is guarded by the lock.");
        if (!_pause.TryEnd())
        {
            return null;
        }

        resumed.AddRange(_deadlines.ResumeAll(now));
        return _interrupt.IsClosed ? null : _pause.QueueResumeHooks();
    }

    private void RunPauseHooksLocked()
    {
        Debug.Assert(Monitor.IsEntered(_lock), "The pause is guarded by the lock.");
        if (State == SitState.Paused)
        {
            _pause.QueuePauseHooks();
        }
    }

    private void Release()
    {
        TaskCompletionSource? released;
        lock (_lock)
        {
            if (_pause.IsPaused)
            {
                return;
            }

            released = _pause.Release();
        }

        ReleaseScopes();
        released?.TrySetResult();
    }

    /// <summary>Resumes all scopes, unless the call was paused again in the meantime.</summary>
    private void ReleaseScopes()
    {
        List<Scope> scopes;
        List<AwaitNode> parked = [];
        lock (_lock)
        {
            if (_pause.IsHeld)
            {
                return;
            }

            scopes = _scopes.ToList();
            scopes.ForEach(scope => parked.AddRange(scope.Resume()));
        }

        // The interrupt first: an await that completed during the pause ends with it, and must not continue.
        scopes.ForEach(scope => scope.InterruptAfterPause());
        parked.ForEach(node => node.Unpark());
    }
}

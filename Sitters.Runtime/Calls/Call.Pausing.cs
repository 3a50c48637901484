using System.Diagnostics;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

// How a call is paused and resumed. A pause is a level, not an event: the call looks what covers it now, and acts on the difference.
internal sealed partial class Call
{
    /// <summary>Pauses this call, beside whatever else does.</summary>
    public void Hold(Hold hold)
    {
        lock (_lock)
        {
            if (!_isRegistered)
            {
                return;
            }

            Extras.Holds.Add(hold);
        }

        FollowPauses();
    }

    /// <summary>Ends pauses of this call alone.</summary>
    /// <param name="hold">The one; null for all of them.</param>
    /// <param name="except">One that stays nevertheless.</param>
    public void Release(Hold? hold, Hold? except = null)
    {
        lock (_lock)
        {
            _extras?.Holds.RemoveAll(candidate => candidate != except && (hold is null || candidate == hold));
        }

        FollowPauses();
    }

    /// <summary>Pauses the call if a pause covers it, and resumes it if none does.</summary>
    /// <param name="waitsForHooks">Whether it goes on only when its resume hooks have run.</param>
    public void FollowPauses(bool waitsForHooks = true)
    {
        Task? hooks;
        var now = Now;
        List<(Deadline Deadline, bool IsDue)> resumed = [];
        lock (_lock)
        {
            if (!_isRegistered)
            {
                return;
            }

            if (IsCoveredLocked())
            {
                BeginPauseLocked(now);
                return;
            }

            if (!_pause.IsPaused && (waitsForHooks || !_pause.IsHeld))
            {
                return;
            }

            hooks = EndPauseLocked(now, resumed);
        }

        resumed.ForEach(Follow);
        if (!waitsForHooks || hooks is null || hooks.IsCompleted)
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

    /// <summary>A pause covers the call.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return _pause.IsPaused;
            }
        }
    }

    /// <summary>No code of the call runs, whatever it waits for: see <see cref="FrameTree.StandsStill"/>.</summary>
    public bool StandsStill()
    {
        List<Scope> scopes;
        lock (_lock)
        {
            scopes = _scopes.ToList();
        }

        return scopes.TrueForAll(static scope =>
            scope.Tree.StandsStill(static candidate => ThreadSlot.RunningScopes().Contains(candidate)));
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

    private bool IsCoveredLocked()
    {
        AssertLocked();
        if (_extras is { Holds.Count: > 0 } extras)
        {
            extras.LastControl = extras.Holds[^1].Control;
            return true;
        }

        if (!Controller.HasPauses)
        {
            return false;
        }

        var left = _extras?.LeftPausesAt ?? 0;
        var pause = ControlDomain.Process.State.Find(Plan.Name, left)
            ?? (Domain == ControlDomain.Process ? null : Domain.State.Find(Plan.Name, left));
        if (pause is not null && !_pause.IsPaused)
        {
            Extras.LastControl = pause.Control;
        }

        return pause is not null;
    }

    private void BeginPauseLocked(long now)
    {
        AssertLocked();
        if (_pause.TryBegin())
        {
            RunPauseHooksLocked();
            ObserveLaterLocked(static (observer, call) => observer.Paused(call));
            _deadlines.PauseAll(now);
            _scopes.ToList().ForEach(static scope => scope.Pause());
        }
    }

    /// <summary>Ends the pause, if there is one; what it holds back is released later.</summary>
    /// <param name="now">By the call's clock.</param>
    /// <param name="resumed">Gets the deadlines that continue, to be followed outside the lock.</param>
    /// <returns>The resume hooks, if they run.</returns>
    private Task? EndPauseLocked(long now, List<(Deadline Deadline, bool IsDue)> resumed)
    {
        AssertLocked();
        if (!_pause.TryEnd())
        {
            return null;
        }

        ObserveLaterLocked(static (observer, call) => observer.Resumed(call));
        resumed.AddRange(_deadlines.ResumeAll(now));
        return _interrupt.IsClosed ? null : _pause.QueueResumeHooks();
    }

    /// <summary>An interrupt takes the call out of the pauses that were ordered before it.</summary>
    private void LeavePausesLocked(int epoch)
    {
        AssertLocked();
        _extras?.Holds.Clear();
        if (Controller.HasPauses)
        {
            Extras.LeftPausesAt = Math.Max(Extras.LeftPausesAt, epoch);
        }
    }

    private void RunPauseHooksLocked()
    {
        AssertLocked();
        if (StateLocked == SitState.Paused)
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

    [Conditional("DEBUG")]
    private void AssertLocked() => Debug.Assert(Monitor.IsEntered(_lock), "The call's parts are guarded by its lock.");
}

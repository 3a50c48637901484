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
        lock (this)
        {
            if (!_isRegistered)
            {
                return;
            }

            Extras.Holds.Add(hold);
        }

        FollowPauses();
    }

    /// <summary>Ends a pause of this call alone.</summary>
    /// <returns>Whether it was still there.</returns>
    public bool Release(Hold hold) => Release(candidate => candidate == hold).Count > 0;

    /// <summary>Ends pauses of this call alone.</summary>
    /// <returns>Those that it ended.</returns>
    public List<Hold> Release(Predicate<Hold> which)
    {
        List<Hold> ended;
        lock (this)
        {
            ended = _isRegistered && _extras is { } extras ? extras.Holds.FindAll(which) : [];
            ended.ForEach(hold => Extras.Holds.Remove(hold));
        }

        FollowPauses();
        return ended;
    }

    /// <summary>Notes what was ordered last, for whoever asks.</summary>
    /// <param name="control">The order.</param>
    /// <param name="epoch">When: one that comes late does not hide a later one.</param>
    public void NoteControl(SitControl control, int epoch)
    {
        lock (this)
        {
            NoteControlLocked(control, epoch);
        }
    }

    /// <summary>Pauses the call if a pause covers it, and resumes it if none does.</summary>
    /// <param name="waitsForHooks">Whether it goes on only when its resume hooks have run.</param>
    public void FollowPauses(bool waitsForHooks = true)
    {
        ChangePauses(waitsForHooks);
        TellQueued();
    }

    private void ChangePauses(bool waitsForHooks)
    {
        Task? hooks;
        var now = Clock.ReadOrLast(TimeProvider, out var failure);
        if (failure is not null)
        {
            // Such a clock is no reason to run on in a pause, or to stay in it.
            ReportLater(failure);
        }

        List<(Deadline Deadline, bool IsDue)> resumed = [];
        lock (this)
        {
            if (!_isRegistered)
            {
                return;
            }

            if (FindPauseLocked() is var (control, stamp))
            {
                BeginPauseLocked(control, stamp, now);
                return;
            }

            if (!_pause.IsPaused && (waitsForHooks || !_pause.IsHeld))
            {
                return;
            }

            hooks = EndPauseLocked(now, resumed);
        }

        resumed.ForEach(deadline => Guard(_ => Follow(deadline)));
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
            lock (this)
            {
                return _pause.IsPaused;
            }
        }
    }

    /// <summary>No code of the call runs, whatever it waits for: see <see cref="FrameTree.StandsStill"/>.</summary>
    /// <param name="running">The scopes that threads are in; null to look for them where it matters.</param>
    public bool StandsStill(IReadOnlyList<Scope>? running = null)
    {
        List<Scope> scopes;
        lock (this)
        {
            scopes = _scopes.ToList();
        }

        // Only of a body that has never suspended does nothing but its thread tell whether it runs.
        running ??= scopes.Exists(static scope => scope.Node is null) ? ThreadSlot.RunningScopes() : [];
        return scopes.TrueForAll(scope => scope.Tree.StandsStill(running));
    }

    /// <summary>Completes when all pause and resume hooks queued so far have run.</summary>
    public Task WhenPauseHooksDone
    {
        get
        {
            lock (this)
            {
                return _extras?.Hooks?.WhenDone ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>Waits until the call is no longer paused, or is interrupted.</summary>
    public Task WhenReleased()
    {
        lock (this)
        {
            return _interrupt.IsPending || !_pause.IsHeld ? Task.CompletedTask : Extras.WhenReleased;
        }
    }

    /// <summary>Waits until the call is no longer paused, also if it is interrupted.</summary>
    public Task WhenResumed()
    {
        lock (this)
        {
            return _pause.IsHeld ? Extras.WhenReleased : Task.CompletedTask;
        }
    }

    /// <summary>The same as <see cref="WhenReleased"/>, but waits again if everything is paused again by the time the wait ends.</summary>
    public async ValueTask WaitWhilePaused()
    {
        for (var released = WhenReleased(); !released.IsCompleted; released = WhenReleased())
        {
            await released.ConfigureAwait(false);
        }
    }

    public void UsePauseHooks(IPauseHooks hooks)
    {
        lock (this)
        {
            Extras.Hooks = hooks;
            RunPauseHooksLocked();
        }
    }

    /// <summary>A pause that covers the call, and its epoch.</summary>
    private (SitControl Control, int Stamp)? FindPauseLocked()
    {
        AssertLocked();
        if (_extras is { Holds: [.., var hold] })
        {
            return (hold.Control, hold.Stamp);
        }

        if (!Controller.HasPauses)
        {
            return null;
        }

        var left = _extras?.LeftPausesAt ?? 0;
        var pause = ControlDomain.Process.State.Find(Plan.Name, left)
            ?? (Domain == ControlDomain.Process ? null : Domain.State.Find(Plan.Name, left));
        return pause is null ? null : (pause.Control, pause.Stamp);
    }

    private void BeginPauseLocked(SitControl control, int stamp, long now)
    {
        AssertLocked();
        if (_pause.TryBegin())
        {
            NoteControlLocked(control, stamp);
            RunPauseHooksLocked();
            TellPauseLocked();
            ObserveControlLocked(static (observer, call) => observer.Paused(call));
            _deadlines.PauseAll(now);
            _scopes.ToList().ForEach(static scope => scope.Pause());
        }
    }

    private void NoteControlLocked(SitControl control, int epoch)
    {
        AssertLocked();
        if (epoch >= Extras.ControlledAt)
        {
            Extras.LastControl = control;
            Extras.ControlledAt = epoch;
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

        TellResumeLocked();
        ObserveControlLocked(static (observer, call) => observer.Resumed(call));
        resumed.AddRange(_deadlines.ResumeAll(now));
        return _interrupt.IsClosed ? null : _pause.QueueResumeHooks(_extras?.Hooks);
    }

    /// <summary>An interrupt takes the call out of the pauses that were ordered before it.</summary>
    private void LeavePausesLocked(int epoch)
    {
        AssertLocked();
        _extras?.Holds.RemoveAll(hold => hold.Stamp <= epoch);
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
            _pause.QueuePauseHooks(_extras?.Hooks);
        }
    }

    /// <summary>Lets go on what the pause holds back, unless the call was paused again in the meantime.</summary>
    private void Release()
    {
        TaskCompletionSource? released;
        List<Scope> scopes;
        List<AwaitNode> parked = [];
        lock (this)
        {
            if (_pause.IsPaused)
            {
                return;
            }

            // In one go: who waits for the end of the pause looks at the call, and who awaits at its scope.
            _pause.Release();
            released = _extras?.TakeReleased();
            scopes = _scopes.ToList();
            scopes.ForEach(scope => parked.AddRange(scope.Resume() ?? []));
        }

        // The interrupt first: an await that completed during the pause ends with it, and must not continue.
        scopes.ForEach(scope => scope.InterruptAfterPause());
        parked.ForEach(node => node.Unpark());
        released?.TrySetResult();
    }

    [Conditional("DEBUG")]
    private void AssertLocked() => Debug.Assert(Monitor.IsEntered(this), "The call's parts are guarded by its lock.");
}

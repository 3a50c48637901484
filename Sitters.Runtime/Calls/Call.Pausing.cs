using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

// How a call is paused and resumed. A pause is a level, not an event: the call looks what covers it now, and acts on the difference.
internal partial class Call
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

            (Extras.Holds ??= []).Add(hold);
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
            var holds = _isRegistered ? ExtrasOrNull?.Holds : null;
            ended = holds?.FindAll(which) ?? [];
            holds?.RemoveAll(ended.Contains);
        }

        FollowPauses();
        return ended;
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
        long? now = null;
        EndedPause? ended;
        while (!TryChangePauses(now, waitsForHooks, out ended))
        {
            // The clock may be the user's, and is not read under the lock; nor at all by the many calls that it does not matter to.
            now = Now;
        }
        if (ended is not var (hooks, resumed))
        {
            return;
        }

        resumed?.ForEach(Follow);
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

    /// <param name="now">By the call's clock; null if it was not read.</param>
    /// <param name="waitsForHooks">As above.</param>
    /// <param name="ended">What is left to do for a pause that has ended, under no lock; null if none has.</param>
    /// <returns>False if the clock has to be read before.</returns>
    private bool TryChangePauses(long? now, bool waitsForHooks, out EndedPause? ended)
    {
        ended = null;
        lock (this)
        {
            var order = _isRegistered ? FindPauseLocked() : null;
            var changes = order is null ? _pause.IsPaused || (_pause.IsHeld && !waitsForHooks) : !_pause.IsPaused;
            if (!_isRegistered || !changes)
            {
                return true;
            }

            if (now is null && _deadlines.First is not null)
            {
                return false;
            }

            if (order is null)
            {
                ended = EndPauseLocked(now ?? 0);
            }
            else
            {
                BeginPauseLocked(order, now ?? 0);
            }

            return true;
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
        var scopes = RunningScopes;

        // Only of a body that has never suspended does nothing but its thread tell whether it runs.
        running ??= scopes.All(static scope => scope.Node is not null) ? [] : ThreadSlot.RunningScopes();
        return scopes.All(scope => scope.Tree.StandsStill(running));
    }

    /// <summary>Completes when all pause and resume hooks queued so far have run.</summary>
    public Task WhenPauseHooksDone
    {
        get
        {
            lock (this)
            {
                return ExtrasOrNull?.Hooks?.WhenDone ?? Task.CompletedTask;
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

    /// <summary>The order of a pause that covers the call.</summary>
    private GivenOrder? FindPauseLocked()
    {
        AssertLocked();
        if (ExtrasOrNull is { Holds: [.., var hold] })
        {
            return hold.Order;
        }

        if (!Controller.HasPauses)
        {
            return null;
        }

        var left = ExtrasOrNull?.LeftPausesAt ?? 0;
        var pause = ControlDomain.Process.State.Find(Plan.Name, left)
            ?? (Domain == ControlDomain.Process ? null : Domain.State.Find(Plan.Name, left));
        return pause?.Order;
    }

    private void BeginPauseLocked(GivenOrder order, long now)
    {
        AssertLocked();
        if (_pause.TryBegin())
        {
            NoteLocked(order);
            RunPauseHooksLocked();
            TellPauseLocked();
            ObserveControlLocked(static (observer, call) => observer.Paused(call));
            _deadlines.PauseAll(now);
            _scopes.Running.ForEach(static scope => scope.Pause());
        }
    }

    /// <summary>Ends the pause, if there is one; what it holds back is released later.</summary>
    private EndedPause EndPauseLocked(long now)
    {
        AssertLocked();
        if (!_pause.TryEnd())
        {
            return default;
        }

        TellResumeLocked();
        ObserveControlLocked(static (observer, call) => observer.Resumed(call));
        var resumed = _deadlines.First is null ? null : _deadlines.ResumeAll(now);
        return new EndedPause(_interrupt.IsClosed ? null : _pause.QueueResumeHooks(ExtrasOrNull?.Hooks), resumed);
    }

    /// <summary>An interrupt takes the call out of the pauses that were ordered before it.</summary>
    private void LeavePausesLocked(int epoch)
    {
        AssertLocked();
        ExtrasOrNull?.Holds?.RemoveAll(hold => hold.Stamp <= epoch);
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
            _pause.QueuePauseHooks(ExtrasOrNull?.Hooks);
        }
    }

    /// <summary>Lets go on what the pause holds back, unless the call was paused again in the meantime.</summary>
    private void Release()
    {
        TaskCompletionSource? released;
        ScopeList scopes;
        List<AwaitNode>? parked = null;
        lock (this)
        {
            if (_pause.IsPaused)
            {
                return;
            }

            // In one go: who waits for the end of the pause looks at the call, and who awaits at its scope.
            _pause.Release();
            released = ExtrasOrNull?.TakeReleased();
            scopes = _scopes.Running;
            for (var index = 0; index < scopes.Count; index++)
            {
                if (scopes[index].Resume() is { } ofScope)
                {
                    parked = parked is null ? ofScope : [.. parked, .. ofScope];
                }
            }
        }

        // The interrupt first: an await that completed during the pause ends with it, and must not continue.
        scopes.ForEach(static scope => scope.InterruptAfterPause());
        parked?.ForEach(static node => node.Unpark());
        released?.TrySetResult();
    }

    /// <summary>What a pause that has ended leaves to be done, under no lock.</summary>
    /// <param name="Hooks">The resume hooks, if they run.</param>
    /// <param name="Resumed">The deadlines that continue, and whether the time of each is over.</param>
    private readonly record struct EndedPause(Task? Hooks, List<(Deadline Deadline, bool IsDue)>? Resumed);
}

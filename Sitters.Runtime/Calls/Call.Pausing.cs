using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

// How a call is paused and resumed.
internal sealed partial class Call
{
    internal override void Pause()
    {
        lock (this)
        {
            if (!_isJoined || !_pause.TryBegin())
            {
                return;
            }

            TellPauseLocked();
            _deadlines.HoldAll();
            _scopes.ToList().ForEach(scope => scope.Hold());
        }
    }

    internal override void Resume()
    {
        Task? hooks;
        lock (this)
        {
            if (!_pause.IsPaused)
            {
                return;
            }

            hooks = EndPauseLocked();
        }

        if (hooks is null || hooks.IsCompleted)
        {
            Release();
        }
        else
        {
            hooks.ContinueWith(static (_, call) => ((Call)call!).Release(), this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Waits while the call is paused, and no longer than until it is interrupted.</summary>
    public Task WhenReleased()
    {
        lock (this)
        {
            return _interrupt.IsPending ? Task.CompletedTask : _pause.WhenReleased;
        }
    }

    public void UsePauseHooks(PauseHooks hooks)
    {
        lock (this)
        {
            _pause.Hooks = hooks;
            TellPauseLocked();
        }
    }

    /// <summary>Ends the pause, if there is one; what it holds is still to be released.</summary>
    /// <returns>The resume hooks, where they run.</returns>
    private Task? EndPauseLocked()
    {
        if (!_pause.TryEnd())
        {
            return null;
        }

        _deadlines.ContinueAll();
        return _interrupt.IsClosed ? null : _pause.TellEnd();
    }

    private void TellPauseLocked()
    {
        if (State == SitState.Paused)
        {
            _pause.Tell();
        }
    }

    private void Release()
    {
        TaskCompletionSource? released;
        lock (this)
        {
            if (_pause.IsPaused)
            {
                return;
            }

            released = _pause.LetGo();
        }

        ReleaseScopes();
        released?.TrySetResult();
    }

    /// <summary>Lets all scopes go on, unless the call was paused again meanwhile.</summary>
    private void ReleaseScopes()
    {
        List<Scope> scopes;
        List<AwaitNode> parked = [];
        lock (this)
        {
            if (_pause.IsHeld)
            {
                return;
            }

            scopes = _scopes.ToList();
            scopes.ForEach(scope => parked.AddRange(scope.LetGo() ?? []));
        }

        // The interrupt first: an await that completed while paused ends with it, and must not go on.
        scopes.ForEach(scope => scope.InterruptHeld());
        parked.ForEach(node => node.Unpark());
    }
}

using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

// How a call becomes known to others, and stops being known.
internal sealed partial class Call
{
    /// <summary>The call that a scope belongs to, made when it is first asked for.</summary>
    /// <returns>Null if the call ended before anybody asked.</returns>
    public static Call? Of(Scope scope)
    {
        if (scope.Owner is null)
        {
            // A scope that does not flow puts off looking for a flowing call around it until now.
            var parent = scope.Flows ? scope.Parent : CurrentFrame.Resolve(scope.Parent, CurrentFrame.Flowing);
            var call = new Call(scope.Plan, scope.StartStamp == 0 ? Clock.Now : scope.StartStamp, scope.SeenEpoch, parent);
            if (scope.TryClaim(call))
            {
                return call;
            }
        }

        return scope.Owner as Call;
    }

    /// <summary>The call's context, for its own code or for a list of calls: from here on the call is known.</summary>
    /// <returns>Null if the call has just ended.</returns>
    public static SitContext? PublishContext(Scope scope)
    {
        var isNew = scope.Owner is null;
        var call = Of(scope);
        if (isNew)
        {
            call?.Register(scope);
        }

        return call?.Context;
    }

    /// <summary>Registers with the controller, and applies every event since the call began.</summary>
    /// <param name="scope">The scope that runs, if one does.</param>
    public void Register(Scope? scope)
    {
        _outer.CatchUp();
        lock (_lock)
        {
            if (_isRegistered || _interrupt.IsClosed)
            {
                return;
            }

            _isRegistered = true;
            if (scope is not null)
            {
                AttachLocked(scope);
            }

            Controller.Add(this);
            ActiveCallHint.MarkActive();
            if (!IsShared)
            {
                _outer.Enter(() => Interrupt(SitInterrupt.Cancel, byOuterCall: true), isAwaited: !IsStream);
            }
        }

        _outer.InterruptIfDue();
        Controller.CatchUp(this, isNew: true);
    }

    /// <summary>The call has come to its end and is no longer among the active ones; its caller gets the outcome next.</summary>
    public void BeginDelivery()
    {
        Deadline? deadline;
        lock (_lock)
        {
            _interrupt.Close();
            if (!_isRegistered)
            {
                return;
            }

            _isRegistered = false;
            _hasEnded = true;
            deadline = _deadlines.TakeAll();
            _tokenOfLatest = _scopes.ForgetLatest()?.TokenAfterEnd ?? default;
        }

        for (; deadline is not null; deadline = deadline.Next)
        {
            deadline.Stop();
        }

        _outer.Exit();
        IdleWaiters.ExpectDelivery(this);
    }

    /// <summary>The caller has the outcome. Only now does the call no longer keep the process from being idle.</summary>
    public void EndDelivery()
    {
        if (_hasEnded)
        {
            Controller.Remove(this);
            IdleWaiters.CompleteIfIdle();
        }
    }

    /// <inheritdoc/>
    public void CatchUp(Scope scope)
    {
        Register(scope);
        Controller.CatchUp(this, isNew: false);
    }

    /// <inheritdoc/>
    public void OnTokenCallbackFailed(Exception exception) => Sitter.RaiseHookFailed(Context, exception);
}

using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>
/// One sat call as the controller sees it: it can be paused, resumed and interrupted from any thread, and hands that on to the
/// scopes that run. What it does from its beginning to its end stands in <see cref="Execution"/>.
/// </summary>
/// <remarks>
/// Its lock guards the parts below. It may be taken inside the controller's, and the scopes' locks inside it; what is told to others
/// (a scope that is interrupted or let go, a wait that ends) is told outside it.
/// </remarks>
internal sealed partial class Call : SitCall
{
    private OuterCall _outer;
    private RunningScopes _scopes;
    private RunningDeadlines _deadlines;
    private PauseState _pause;
    private InterruptState _interrupt;
    private DateTimeOffset? _startTime;
    private DateTimeOffset? _stopTime;

    /// <summary>How the call ended; null while that is not decided.</summary>
    private SitState? _end;

    private bool _isJoined;
    private volatile bool _hasLeft;

    public Call(Plan plan, long startedAt, int epoch, Frame? parent, bool isShared = false)
    {
        Plan = plan;
        Epoch = epoch;
        StartStamp = startedAt;
        IsShared = isShared;
        _outer = new OuterCall(parent);
    }

    /// <summary>Stands in a scope whose call has ended without ever being needed.</summary>
    public static Call None { get; } = CreateClosed();

    public Plan Plan { get; }

    /// <summary>Several callers wait for it, and it belongs to none of them.</summary>
    public bool IsShared { get; }

    /// <summary>It is an async stream, and inside the call around it only while that waits for an element.</summary>
    public bool IsStream { get; init; }

    /// <summary>When the call began, by <see cref="Clock"/>.</summary>
    public long StartStamp { get; }

    /// <summary>The controller's events up to this one have been applied; guarded by the controller's lock.</summary>
    public int Epoch { get; set; }

    // The registry's links.
    public object? Stripe { get; set; }

    public Call? Next { get; set; }

    public Call? Previous { get; set; }

    /// <summary>The call that this one runs in.</summary>
    public Call? Outer => _outer.Holding;

    public bool IsOutermost => Outer is null;

    /// <summary>It has ended, and its caller is being told.</summary>
    public bool HasLeft => _hasLeft;

    /// <summary>The caller has its outcome, though what it does with that may be running still.</summary>
    public bool IsDelivered => _hasLeft && Execution is { IsDelivered: true };

    /// <summary>A signal to cancel came while the call was active; guarded by the controller's lock.</summary>
    public bool IsCancelledBySignal { get; set; }

    /// <summary>Drives the call; null while it is in its first, synchronous stretch.</summary>
    public ICallExecution? Execution { get; set; }

    internal override string Name => Plan.MethodName;

    internal override SitContext? Parent => _outer.Call?.Context;

    /// <summary>Derived from what owns it, so that no two threads can leave it half written.</summary>
    internal override SitState State
    {
        get
        {
            lock (this)
            {
                return _end
                    ?? (_interrupt.IsRestarting ? SitState.Restarting
                    : !_pause.IsPaused ? SitState.Running
                    : _scopes.Latest is null ? SitState.Pending
                    : SitState.Paused);
            }
        }
    }

    internal override DateTimeOffset? StoppedAt
    {
        get
        {
            lock (this)
            {
                return _stopTime;
            }
        }
    }

    internal override object? Result => State == SitState.Completed ? Execution?.Result : null;

    internal override CancellationToken Token
    {
        get
        {
            lock (this)
            {
                return _scopes.Latest?.Token ?? CancellationToken.None;
            }
        }
    }

    internal override DateTimeOffset StartedAt
    {
        get
        {
            // The clock is the user's, and is not read under the lock.
            var startTime = Sitter.TimeProvider.GetUtcNow() - TimeSpan.FromTicks(Clock.Now - StartStamp);
            lock (this)
            {
                return _startTime ??= startTime;
            }
        }
    }

    /// <summary>Comes under the controller's eyes, and catches up with what it has done since the call began.</summary>
    /// <param name="scope">The scope that runs, if one does.</param>
    public void Join(Scope? scope)
    {
        _outer.CatchUp();
        lock (this)
        {
            if (_isJoined || _interrupt.IsClosed)
            {
                return;
            }

            _isJoined = true;
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

        Controller.CatchUp(this, isNew: true);
    }

    /// <summary>The call has come to its end, and is no longer among the active ones; its caller is told next.</summary>
    public void Leave()
    {
        lock (this)
        {
            _interrupt.Close();
            if (!_isJoined)
            {
                return;
            }

            _isJoined = false;
            _hasLeft = true;
            _deadlines.StopAll();
        }

        _outer.Exit();
        IdleWaiters.ExpectDelivery(this);
    }

    /// <summary>The caller has been told. Only now does nothing of the call keep the process from being idle.</summary>
    public void Unregister()
    {
        if (_hasLeft)
        {
            Controller.Remove(this);
            IdleWaiters.CompleteIfIdle();
        }
    }

    /// <summary>A scope begins to run, which interrupts leave in peace.</summary>
    public void Attach(Scope scope)
    {
        scope.Attach(this);
        scope.Epoch = Controller.Epoch;
        lock (this)
        {
            AttachLocked(scope);
        }
    }

    /// <summary>A scope that can be interrupted begins to run, unless the call is paused.</summary>
    /// <returns>Whether it does: where not, it must wait until the call is released, and be made anew.</returns>
    public bool TryAttach(Scope scope)
    {
        scope.Attach(this);
        scope.Epoch = Controller.Epoch;
        SitInterrupt pending;
        lock (this)
        {
            pending = _interrupt.Pending;
            if (_pause.IsHeld && pending == SitInterrupt.None)
            {
                return false;
            }

            AttachLocked(scope);
        }

        if (pending != SitInterrupt.None)
        {
            scope.Interrupt(InterruptState.Reason(pending));
        }

        return true;
    }

    public void Detach(Scope scope)
    {
        lock (this)
        {
            _scopes.Remove(scope);
        }

        scope.End();
        scope.Release();
    }

    /// <summary>Starts a deadline, which stands still while the call is paused.</summary>
    public Deadline Start(Deadline deadline)
    {
        lock (this)
        {
            _deadlines.Add(deadline);
            if (_pause.IsPaused)
            {
                deadline.Hold();
            }
            else
            {
                deadline.Start();
            }
        }

        return deadline;
    }

    public void Stop(Deadline? deadline)
    {
        if (deadline is null)
        {
            return;
        }

        lock (this)
        {
            _deadlines.Remove(deadline);
        }

        deadline.Stop();
    }

    private static Call CreateClosed()
    {
        var call = new Call(Plan.Create(new PlanOptions()), 0, 0, null);
        call._interrupt.Close();
        return call;
    }

    private void AttachLocked(Scope scope)
    {
        _scopes.Add(scope);
        if (_pause.IsHeld)
        {
            scope.Hold();
        }
    }
}

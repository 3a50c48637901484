namespace Sitters.Runtime;

/// <summary>
/// One sat call as the controller sees it: it can be paused, resumed and interrupted from any thread, and hands that on to the
/// scopes that run. What it does from its beginning to its end stands in <see cref="Life"/>.
/// </summary>
internal sealed class Call : SitCall
{
    private readonly Frame? _parent;
    private readonly Call? _parentCall;

    // All fields below are guarded by this call's lock.
    private Scope? _scope;
    private List<Scope>? _moreScopes;
    private Scope? _lastScope;
    private Deadline? _deadlines;
    private InnerFrame? _inParent;
    private PauseHooks? _pauseHooks;
    private TaskCompletionSource? _wake;
    private CancellationTokenSource? _waits;
    private DateTimeOffset? _startTime;
    private long _pausedAt;
    private bool _isJoined;
    private bool _isOpen = true;
    private bool _isPaused;
    private bool _isPauseTold;
    private bool _isHeld;
    private bool _isRestarting;
    private SitInterrupt _pending;

    public Call(Plan plan, long startedAt, int epoch, Frame? parent, bool isShared = false)
    {
        Plan = plan;
        Epoch = epoch;
        StartStamp = startedAt;
        IsShared = isShared;
        if (parent is { Scope.HasEnded: false })
        {
            _parent = parent;
            _parentCall = parent.Scope.EnsureCall();
        }
    }

    public Plan Plan { get; }

    /// <summary>Several callers wait for it, and it belongs to none of them.</summary>
    public bool IsShared { get; }

    /// <summary>When the call began, by <see cref="Clock"/>.</summary>
    public long StartStamp { get; }

    /// <summary>The controller's events up to this one have been applied; guarded by the controller's lock.</summary>
    public int Epoch { get; set; }

    // The registry's links.
    public object? Stripe { get; set; }

    public Call? Next { get; set; }

    public Call? Previous { get; set; }

    /// <summary>The call that this one runs in.</summary>
    public Call? Outer => _inParent is { IsInside: true } inside ? inside.Scope.CallOrNull : null;

    public bool IsOutermost => Outer is null;

    /// <summary>The token of the caller that was cancelled.</summary>
    public CancellationToken CallerToken { get; private set; }

    /// <summary>The call was interrupted by the one that it runs in.</summary>
    public bool IsInterruptedByParent { get; private set; }

    /// <summary>What the outer call's interrupt looks like from inside.</summary>
    public CancellationToken ParentToken => _inParent?.Scope.Token ?? default;

    public SitInterrupt Pending
    {
        get
        {
            lock (this)
            {
                return _pending;
            }
        }
    }

    /// <summary>A signal to cancel came while the call was active; guarded by the controller's lock.</summary>
    public bool IsCancelledBySignal { get; set; }

    /// <summary>Drives the call; null while it is in its first, synchronous stretch.</summary>
    public ILife? Life { get; set; }

    internal override string Name => Plan.MethodName;

    internal override SitContext? Parent => _parentCall is null || _parentCall == None ? null : _parentCall.Context;

    internal override object? Result => State == SitState.Completed ? Life?.Result : null;

    internal override CancellationToken Token
    {
        get
        {
            lock (this)
            {
                return _lastScope?.Token ?? CancellationToken.None;
            }
        }
    }

    internal override DateTimeOffset StartedAt
    {
        get
        {
            lock (this)
            {
                return _startTime ??= Sitter.TimeProvider.GetUtcNow() - TimeSpan.FromTicks(Clock.Now - StartStamp);
            }
        }
    }

    /// <summary>Comes under the controller's eyes, and catches up with what it has done since the call began.</summary>
    /// <param name="scope">The scope that runs, if one does.</param>
    public void Join(Scope? scope)
    {
        _parent?.Scope.CatchUp();
        lock (this)
        {
            if (_isJoined || !_isOpen)
            {
                return;
            }

            _isJoined = true;
            if (scope is not null)
            {
                AttachLocked(scope, isInterruptible: true);
            }

            Controller.Add(this);
            if (!IsShared && _parent is { Scope.HasEnded: false })
            {
                _inParent = new InnerFrame(_parent, () => Interrupt(SitInterrupt.Cancel, byParent: true));
                _inParent.Begin();
            }
        }

        Controller.CatchUp(this, isNew: true);
    }

    /// <summary>The call has come to its end.</summary>
    public void Leave()
    {
        lock (this)
        {
            _isOpen = false;
            if (!_isJoined)
            {
                return;
            }

            _isJoined = false;
            Controller.Remove(this);
            StopDeadlinesLocked();
        }

        Idleness.Check();
        _inParent?.Finish();
    }

    /// <summary>A scope begins to run.</summary>
    public void Attach(Scope scope, bool isInterruptible)
    {
        scope.Attach(this);
        scope.Epoch = Controller.Epoch;
        SitInterrupt pending;
        lock (this)
        {
            AttachLocked(scope, isInterruptible);
            pending = isInterruptible ? _pending : SitInterrupt.None;
        }

        if (pending != SitInterrupt.None)
        {
            scope.Interrupt(Reason(pending));
        }
    }

    public void Detach(Scope scope)
    {
        lock (this)
        {
            if (_scope == scope)
            {
                _scope = null;
            }
            else
            {
                _moreScopes?.Remove(scope);
            }
        }

        scope.End();
        scope.Release();
    }

    /// <summary>Starts a deadline, which stands still while the call is paused.</summary>
    public Deadline Start(Deadline deadline)
    {
        lock (this)
        {
            deadline.Next = _deadlines;
            _deadlines = deadline;
            if (!_isPaused)
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
            if (_deadlines == deadline)
            {
                _deadlines = deadline.Next;
            }
            else
            {
                for (var before = _deadlines; before is not null; before = before.Next)
                {
                    if (before.Next == deadline)
                    {
                        before.Next = deadline.Next;
                        break;
                    }
                }
            }
        }

        deadline.Stop();
    }

    /// <summary>A deadline has passed.</summary>
    public void OnTimeout() => Interrupt(SitInterrupt.Timeout);

    /// <summary>The time of one attempt is over.</summary>
    public void OnAttemptTimeout(Scope scope)
    {
        lock (this)
        {
            if (_pending != SitInterrupt.None || scope.HasEnded)
            {
                return;
            }

            LastInterrupt = SitInterrupt.Timeout;
        }

        scope.Tree.HasTimedOut = true;
        scope.Interrupt("the attempt's time is over");
    }

    /// <summary>The caller has cancelled its token.</summary>
    public void OnCallerCancel(CancellationToken token) => Interrupt(SitInterrupt.CallerCancel, token: token);

    public void Interrupt(SitInterrupt kind, bool byParent = false, CancellationToken token = default)
    {
        List<Scope> scopes;
        TaskCompletionSource? wake;
        CancellationTokenSource? waits;
        lock (this)
        {
            var overtakes = _pending == SitInterrupt.Restart && kind != SitInterrupt.Restart;
            if (!_isOpen || (_pending != SitInterrupt.None && !overtakes) || (_isRestarting && kind == SitInterrupt.Restart))
            {
                return;
            }

            _pending = kind;
            LastInterrupt = kind;
            IsInterruptedByParent = byParent;
            CallerToken = token;
            StopPauseLocked();
            _isHeld = false;
            scopes = ScopesLocked();
            (wake, _wake) = (_wake, null);
            waits = _waits;
        }

        // The interrupt first: an await that completed while paused ends with it, and must not go on.
        scopes.FindAll(scope => scope.IsInterruptible).ForEach(scope => scope.Interrupt(Reason(kind)));
        ReleaseScopes();
        wake?.TrySetResult();
        _ = waits?.CancelAsync();
    }

    internal override void Pause()
    {
        lock (this)
        {
            if (_isPaused || !_isJoined)
            {
                return;
            }

            _isPaused = _isHeld = true;
            _pausedAt = Clock.Now;
            if (State == SitState.Running)
            {
                State = _lastScope is null ? SitState.Pending : SitState.Paused;
                TellPauseLocked();
            }

            StopDeadlinesLocked();
            ScopesLocked().ForEach(scope => scope.Hold());
        }
    }

    internal override void Resume()
    {
        Task? hooks = null;
        lock (this)
        {
            if (!_isPaused)
            {
                return;
            }

            hooks = StopPauseLocked();
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

    internal override void Restart() => Interrupt(SitInterrupt.Restart);

    internal override void Cancel() => Interrupt(SitInterrupt.Cancel);

    /// <summary>Waits while the call is paused, and no longer than until it is interrupted.</summary>
    public Task WhenReleased()
    {
        lock (this)
        {
            if (!_isHeld || _pending != SitInterrupt.None)
            {
                return Task.CompletedTask;
            }

            _wake ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _wake.Task;
        }
    }

    /// <summary>Fires when the call is interrupted: ends the waits that are not ours.</summary>
    public CancellationToken WaitToken()
    {
        lock (this)
        {
            _waits ??= new CancellationTokenSource();
            if (_pending != SitInterrupt.None)
            {
                _waits.Cancel();
            }

            return _waits.Token;
        }
    }

    public void UsePauseHooks(PauseHooks hooks)
    {
        lock (this)
        {
            _pauseHooks = hooks;
            TellPauseLocked();
        }
    }

    /// <summary>The restart hooks begin. What interrupts from now on counts for the new start.</summary>
    /// <returns>Whether they do: not where there is no restart, or a cancel has overtaken it.</returns>
    public bool TryBeginRestart()
    {
        lock (this)
        {
            if (_pending != SitInterrupt.Restart)
            {
                return false;
            }

            _isRestarting = true;
            _pending = SitInterrupt.None;
            _waits = null;
            State = SitState.Restarting;
            Restarts++;
            return true;
        }
    }

    /// <summary>The restart hooks are over.</summary>
    /// <returns>Whether the call goes on: not where it was cancelled meanwhile.</returns>
    public bool EndRestart()
    {
        lock (this)
        {
            _isRestarting = false;
            if (_pending != SitInterrupt.None)
            {
                return false;
            }

            Attempt = 1;
            State = _isPaused ? SitState.Paused : SitState.Running;
            TellPauseLocked();
            return true;
        }
    }

    /// <summary>The call has ended so; first told wins.</summary>
    public void End(SitState state)
    {
        StoppedAt ??= Sitter.TimeProvider.GetUtcNow();
        State = state;
    }

    /// <summary>Decides how the call ends, once: from here on no interrupt changes it.</summary>
    /// <param name="wins">Whether a pending interrupt wins over what the body has come to.</param>
    /// <returns>The interrupt that won, or none.</returns>
    public SitInterrupt Close(bool wins)
    {
        lock (this)
        {
            var interrupt = wins ? _pending : SitInterrupt.None;
            _isOpen = false;
            _pending = SitInterrupt.None;
            return interrupt;
        }
    }

    /// <summary>Stands in a scope whose call has ended without ever being needed.</summary>
    public static Call None { get; } = new(Plan.Create(new PlanOptions()), 0, 0, null) { _isOpen = false };

    public static string Reason(SitInterrupt kind) => kind switch
    {
        SitInterrupt.Timeout => "its time is over",
        SitInterrupt.CallerCancel => "the caller cancelled its token",
        SitInterrupt.Restart => "it is to start again",
        _ => "it was cancelled",
    };

    private void AttachLocked(Scope scope, bool isInterruptible)
    {
        if (isInterruptible)
        {
            scope.AllowInterrupts();
        }

        if (_scope is null)
        {
            _scope = scope;
        }
        else
        {
            // Only a pipeline that hedges runs several attempts at once.
            (_moreScopes ??= []).Add(scope);
        }

        if (isInterruptible)
        {
            _lastScope = scope;
        }

        if (_isHeld)
        {
            scope.Hold();
        }
    }

    private Task? StopPauseLocked()
    {
        if (!_isPaused)
        {
            return null;
        }

        _isPaused = false;
        var paused = Clock.Now - _pausedAt;
        for (var deadline = _deadlines; deadline is not null; deadline = deadline.Next)
        {
            deadline.DueAt += paused;
            deadline.Start();
        }

        if (State == SitState.Pending)
        {
            State = SitState.Running;
        }

        if (State == SitState.Paused)
        {
            State = SitState.Running;
        }

        if (!_isPauseTold || !_isOpen)
        {
            return null;
        }

        _isPauseTold = false;
        return _pauseHooks!.Queue(HookEvent.Resume);
    }

    private void TellPauseLocked()
    {
        if (State == SitState.Paused && _pauseHooks is not null && !_isPauseTold)
        {
            _isPauseTold = true;
            _pauseHooks.Queue(HookEvent.Pause);
        }
    }

    private void StopDeadlinesLocked()
    {
        for (var deadline = _deadlines; deadline is not null; deadline = deadline.Next)
        {
            deadline.Stop();
        }
    }

    private List<Scope> ScopesLocked()
    {
        List<Scope> scopes = _scope is null ? [] : [_scope];
        if (_moreScopes is not null)
        {
            scopes.AddRange(_moreScopes);
        }

        return scopes;
    }

    private void Release()
    {
        TaskCompletionSource? wake;
        lock (this)
        {
            if (_isPaused)
            {
                return;
            }

            _isHeld = false;
            (wake, _wake) = (_wake, null);
        }

        ReleaseScopes();
        wake?.TrySetResult();
    }

    /// <summary>Lets all scopes go on, unless the call was paused again meanwhile.</summary>
    private void ReleaseScopes()
    {
        List<AwaitNode> parked = [];
        lock (this)
        {
            if (_isHeld)
            {
                return;
            }

            foreach (var scope in ScopesLocked())
            {
                parked.AddRange(scope.LetGo() ?? []);
            }
        }

        parked.ForEach(node => node.Unpark());
    }
}

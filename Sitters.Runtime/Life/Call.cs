namespace Sitters.Runtime;

/// <summary>
/// One sat call as the controller sees it: it can be paused, resumed and interrupted from any thread, and hands that on to the
/// scopes that run. What it does from its beginning to its end stands in <see cref="Life"/>.
/// </summary>
internal sealed class Call : SitCall
{
    private readonly object _lock = new();
    private readonly List<Scope> _scopes = [];
    private readonly List<Deadline> _deadlines = [];
    private readonly Frame? _parent;
    private DateTimeOffset? _startTime;
    // All fields below are guarded by the lock.
    private InnerFrame? _inParent;
    private bool _isJoined;
    private bool _isOpen = true;
    private bool _isPaused;
    private bool _isHeld;
    private bool _isRestarting;
    private long _pausedAt;
    private long _timePaused;
    private SitInterrupt _pending;
    private Scope? _lastScope;
    private PauseHooks? _pauseHooks;
    private TaskCompletionSource? _wake;
    private CancellationTokenSource? _waits;

    public Call(Plan plan, long startedAt, int epoch, Frame? parent, bool isShared = false)
    {
        Plan = plan;
        Epoch = epoch;
        StartStamp = startedAt;
        IsShared = isShared;
        _parent = parent is { Scope.HasEnded: false } ? parent : null;
        Context = new SitContext(plan.Name, this) { State = SitState.Running, Parent = _parent?.Scope.EnsureCall().Context };
    }

    public Plan Plan { get; }

    /// <summary>Several callers wait for it, and it belongs to none of them.</summary>
    public bool IsShared { get; }

    public SitContext Context { get; }

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
            lock (_lock)
            {
                return _pending;
            }
        }
    }

    public bool IsBeingCancelled
    {
        get
        {
            lock (_lock)
            {
                return Context.Interrupt is SitInterrupt.Cancel;
            }
        }
    }

    /// <summary>How long the call was paused so far, by <see cref="Clock"/>.</summary>
    public long TimePaused => Volatile.Read(ref _timePaused);

    public bool IsTimeStopped => Volatile.Read(ref _isPaused);

    internal override CancellationToken Token
    {
        get
        {
            lock (_lock)
            {
                return _lastScope?.Token ?? CancellationToken.None;
            }
        }
    }

    internal override DateTimeOffset StartedAt
    {
        get
        {
            lock (_lock)
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
        lock (_lock)
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

        Controller.CatchUp(this);
    }

    /// <summary>The call has come to its end.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _isOpen = false;
            if (!_isJoined)
            {
                return;
            }

            _isJoined = false;
            Controller.Remove(this);
        }

        _deadlines.ForEach(deadline => deadline.Dispose());
        Idleness.Check();
        _inParent?.Finish();
    }

    /// <summary>A scope begins to run.</summary>
    public void Attach(Scope scope, bool isInterruptible)
    {
        scope.Attach(this);
        scope.Epoch = Controller.Epoch;
        SitInterrupt pending;
        lock (_lock)
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
        lock (_lock)
        {
            _scopes.Remove(scope);
        }

        scope.HasEnded = true;
        scope.Release();
    }

    public Deadline Add(Deadline deadline)
    {
        lock (_lock)
        {
            _deadlines.Add(deadline);
        }

        return deadline;
    }

    public void Remove(Deadline deadline)
    {
        lock (_lock)
        {
            _deadlines.Remove(deadline);
        }

        deadline.Dispose();
    }

    /// <summary>A deadline has passed.</summary>
    public void OnTimeout() => Interrupt(SitInterrupt.Timeout);

    /// <summary>The caller has cancelled its token.</summary>
    public void OnCallerCancel(CancellationToken token) => Interrupt(SitInterrupt.CallerCancel, token: token);

    public void Interrupt(SitInterrupt kind, bool byParent = false, CancellationToken token = default)
    {
        List<Scope> scopes;
        TaskCompletionSource? wake;
        CancellationTokenSource? waits;
        lock (_lock)
        {
            var overtakes = _pending == SitInterrupt.Restart && kind != SitInterrupt.Restart;
            if (!_isOpen || (_pending != SitInterrupt.None && !overtakes) || (_isRestarting && kind == SitInterrupt.Restart))
            {
                return;
            }

            _pending = kind;
            Context.Interrupt = kind;
            IsInterruptedByParent = byParent;
            CallerToken = token;
            StopPauseLocked();
            _isHeld = false;
            scopes = [.. _scopes];
            (wake, _wake) = (_wake, null);
            waits = _waits;
        }

        foreach (var scope in scopes)
        {
            scope.Release();
            if (scope.IsInterruptible)
            {
                scope.Interrupt(Reason(kind));
            }
        }

        wake?.TrySetResult();
        _ = waits?.CancelAsync();
    }

    internal override void Pause()
    {
        lock (_lock)
        {
            if (_isPaused || !_isJoined)
            {
                return;
            }

            _isPaused = _isHeld = true;
            _pausedAt = Clock.Now;
            if (Context.State == SitState.Running)
            {
                Context.State = _lastScope is null ? SitState.Pending : SitState.Paused;
                if (Context.State == SitState.Paused)
                {
                    _pauseHooks?.Queue(HookEvent.Pause);
                }
            }

            _scopes.ForEach(scope => scope.Hold());
        }
    }

    internal override void Resume()
    {
        Task? hooks = null;
        lock (_lock)
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
        lock (_lock)
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
        lock (_lock)
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
        lock (_lock)
        {
            _pauseHooks = hooks;
            if (Context.State == SitState.Paused)
            {
                hooks.Queue(HookEvent.Pause);
            }
        }
    }

    /// <summary>The restart hooks begin. What interrupts from now on counts for the new start.</summary>
    public void BeginRestart()
    {
        lock (_lock)
        {
            _isRestarting = true;
            _pending = SitInterrupt.None;
            _waits = null;
            Context.State = SitState.Restarting;
            Context.Restarts++;
        }
    }

    /// <summary>The restart hooks are over.</summary>
    /// <returns>Whether the call goes on: not where it was cancelled meanwhile.</returns>
    public bool EndRestart()
    {
        lock (_lock)
        {
            _isRestarting = false;
            if (_pending != SitInterrupt.None)
            {
                return false;
            }

            Context.Attempt = 1;
            Context.State = _isPaused ? SitState.Paused : SitState.Running;
            return true;
        }
    }

    /// <summary>Decides how the call ends, once: from here on no interrupt changes it.</summary>
    /// <param name="wins">Whether a pending interrupt wins over what the body has come to.</param>
    /// <returns>The interrupt that won, or none.</returns>
    public SitInterrupt Close(bool wins)
    {
        lock (_lock)
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
        scope.IsInterruptible = isInterruptible;
        _scopes.Add(scope);
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
        Volatile.Write(ref _timePaused, _timePaused + (Clock.Now - _pausedAt));
        _deadlines.ForEach(deadline => ThreadPool.UnsafeQueueUserWorkItem(static d => d.Continue(), deadline, preferLocal: false));
        if (Context.State == SitState.Pending)
        {
            Context.State = SitState.Running;
        }

        if (Context.State != SitState.Paused)
        {
            return null;
        }

        Context.State = SitState.Running;
        return _pauseHooks?.Queue(HookEvent.Resume);
    }

    private void Release()
    {
        List<Scope> scopes;
        TaskCompletionSource? wake;
        lock (_lock)
        {
            if (_isPaused)
            {
                return;
            }

            _isHeld = false;
            scopes = [.. _scopes];
            (wake, _wake) = (_wake, null);
        }

        scopes.ForEach(scope => scope.Release());
        wake?.TrySetResult();
    }
}

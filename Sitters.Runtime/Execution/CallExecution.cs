using System.Diagnostics;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Retrying;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Execution;

/// <summary>The life of a sat call that has left the fast path.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal abstract class CallExecution<T> : ICallExecution, IHookSource, IRetriedCall
{
    private readonly Call _call;
    private readonly Plan _plan;
    private readonly StartContext _startContext = StartContext.Capture();
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly PauseHooks? _pauseHooks;

    private Promise<T> _promise;
    private Scope? _firstScope;
    private Task? _firstBody;
    private AttemptOutcome<T> _firstEnding;
    private int _isFirstOver;
    private Deadline? _firstDeadline;
    private Deadline? _deadline;
    private Exception? _lastFailure;
    private T? _result;

    protected CallExecution(Call call)
    {
        _call = call;
        _plan = call.Plan;
        if (_plan.TellsOfPauses)
        {
            _pauseHooks = new PauseHooks(call, this);
        }

        _promise = new Promise<T>(_plan.IsAsync);
        call.Execution = this;
    }

    /// <summary>What the caller holds.</summary>
    public Task<T> Task => _promise.Task;

    /// <summary>The call itself, for who shares its result.</summary>
    public Call Call => _call;

    /// <summary>Told at the end of a shared call whether it completed, and with what, before its callers are.</summary>
    public Action<bool, T?>? OnEnding { get; set; }

    /// <summary>Of a shared call: whether all who wait for it have their own tasks.</summary>
    public Func<bool>? OnDelivered { get; set; }

    object? ICallExecution.Result => HasResult ? _result : null;

    bool ICallExecution.IsDelivered => IsDelivered;

    Task? ICallExecution.Delivery => Delivery;

    /// <summary>How many tokens the caller passed.</summary>
    public virtual int CallerTokenCount => _plan.TokenCount;

    protected Plan Plan => _plan;

    protected StartContext Start => _startContext;

    /// <summary>The ExecutionContext of the caller.</summary>
    protected ExecutionContext? Context => _context;

    /// <summary>The caller's task has ended.</summary>
    protected virtual bool IsDelivered => Task.IsCompleted && OnDelivered?.Invoke() != false;

    /// <summary>The caller's task.</summary>
    protected virtual Task? Delivery => Task;

    protected virtual bool HasResult => typeof(T) != typeof(VoidResult);

    public abstract ValueTask Hook(int id, SitContext context);

    public abstract CancellationToken CallerToken(int index);

    bool IRetriedCall.MayRetry(Exception exception) => _call.Pending == SitInterrupt.None && _plan.Retry.Handles(exception);

    async ValueTask IRetriedCall.OnRetry()
    {
        // They are part of the time between two attempts, which has its limit.
        foreach (var failed in await RunHooks(HookEvent.Retry, StartContext.None).ConfigureAwait(false))
        {
            Hooks.Report(_call, failed);
        }
    }

    /// <summary>Lives from the beginning.</summary>
    public Task<T> Live()
    {
        _ = Run(null);
        return Task;
    }

    /// <summary>Lives on from the first attempt, whose body has returned its task already; the call is known by now.</summary>
    public Task<T> Live(Scope scope, Task? body)
    {
        UsePauseHooks();
        StartClock(_call.StartStamp);
        _firstScope = scope;
        _firstBody = body ?? NullTask();
        if (_firstBody.IsCompleted)
        {
            _startContext.Ended();
            OnFirstOver(hasEnded: true);
            return Task;
        }

        _firstDeadline = StartAttemptClock(scope);
        WaitForFirst(scope, _firstBody);

        // Who interrupts sets its flag first and looks for this life then, and we do the reverse.
        Interlocked.MemoryBarrier();
        if (scope.IsInterrupted)
        {
            GiveGrace(GiveUpFirst);
        }

        return Task;
    }

    void ICallExecution.OnInterrupted(Scope scope) => OnInterrupted(scope);

    /// <summary>Calls the method's own body.</summary>
    /// <returns>Its task, or null where a body that is not async returned that.</returns>
    protected abstract Task? Invoke(Frame frame);

    /// <summary>The result of the task that <see cref="Invoke"/> gave.</summary>
    protected abstract T ResultOf(Task task);

    protected abstract object? RetryMember();

    protected virtual void OnInterrupted(Scope scope) => GiveGrace(scope == _firstScope ? GiveUpFirst : scope.EnsureWait().GiveUp);

    protected Deadline GiveGrace(Action giveUp) => _call.Start(new Deadline(_call, _plan.GraceDeadlines, Clock.Now, giveUp));

    private void WaitForFirst(Scope scope, Task body)
    {
        if (!_plan.IsAsync)
        {
            scope.Await(GiveUpFirst);
        }

        _startContext.WhenEnded(body, () => OnFirstOver(hasEnded: true));
    }

    private void GiveUpFirst() => ThreadPool.UnsafeQueueUserWorkItem(static life => life.OnFirstOver(hasEnded: false), this, preferLocal: false);

    /// <summary>The first attempt is over. Most calls end here, with a result and nobody else to tell.</summary>
    private void OnFirstOver(bool hasEnded)
    {
        if (Interlocked.Exchange(ref _isFirstOver, 1) != 0)
        {
            return;
        }

        _call.Stop(_firstDeadline);
        var ending = EndAttempt(_firstScope!, _firstBody!, hasEnded, CancellationToken.None);
        if (ending is { Exception: null, IsInterrupted: false } && _plan.EndsAtOnce && _pauseHooks is null)
        {
            Close(SitState.Completed, ending);
            Leave(SitState.Completed);
            SetCallerResult(SitState.Completed, SitInterrupt.None, ending);
        }
        else if (_context is null)
        {
            _ = Run(ending);
        }
        else
        {
            // What follows belongs to the caller's context again, not to that of whatever has ended the body.
            _firstEnding = ending;
            ExecutionContext.Run(_context, static state => _ = ((CallExecution<T>)state!).Run(((CallExecution<T>)state)._firstEnding), this);
        }
    }

    /// <summary>From the beginning, or from where the first attempt has ended, to the end.</summary>
    private async Task Run(AttemptOutcome<T>? first)
    {
        var tokens = default(CallerTokens);
        try
        {
            if (first is null)
            {
                _call.Join(null);
                UsePauseHooks();
                tokens = _call.IsShared ? default : CallerTokens.Register(_call, this);
                StartClock(_call.StartStamp);
            }

            var ending = await FromStart(first).ConfigureAwait(false);
            StopClock();
            while (await StartsAgain(ending).ConfigureAwait(false))
            {
                StartAnew();
                ending = await FromStart(null).ConfigureAwait(false);
                StopClock();
            }

            await Finish(ending).ConfigureAwait(false);
        }
        catch (Exception defect)
        {
            // VoidResult of the user's can come here; but should there be a defect in what stands above, the caller is told.
            var ending = AttemptOutcome<T>.Failed(defect);
            Close(SitState.Failed, ending);
            Leave(SitState.Failed);
            SetCallerResult(SitState.Failed, SitInterrupt.None, ending);
        }
        finally
        {
            tokens.Dispose();
        }
    }

    protected async ValueTask<AttemptOutcome<T>> FromStart(AttemptOutcome<T>? first)
    {
        if (first is null)
        {
            var startup = await Startup().ConfigureAwait(false);
            if (startup.IsInterrupted || startup.Exception is not null)
            {
                return startup;
            }
        }

        if (_plan.Retry.IsUsers)
        {
            return await _plan.Retry.Run(this, RetryMember(), Attempt, default(AttemptOutcome<T>?)).ConfigureAwait(false);
        }

        var ending = first ?? await Attempt(1, CancellationToken.None).ConfigureAwait(false);
        return ending.Exception is null || ending.IsInterrupted || !_plan.Retries || !((IRetriedCall)this).MayRetry(ending.Exception)
            ? ending
            : await _plan.Retry.Run(this, null, Attempt, (AttemptOutcome<T>?)ending).ConfigureAwait(false);
    }

    private async ValueTask<AttemptOutcome<T>> Startup()
    {
        var failed = await RunHooks(HookEvent.Startup, _startContext).ConfigureAwait(false);

        // Asked once: a failure is either what the call comes to or is reported, also where an interrupt comes right now.
        var isInterrupted = _call.Pending != SitInterrupt.None;
        var counts = isInterrupted || failed.Count == 0 ? null : failed[0];
        foreach (var hook in failed)
        {
            if (hook != counts)
            {
                Hooks.Report(_call, hook);
            }
        }

        if (isInterrupted)
        {
            return AttemptOutcome<T>.Interrupted();
        }

        if (counts is null)
        {
            return AttemptOutcome<T>.Of(default!);
        }

        _call.Exception = Failures.Of(counts);
        return AttemptOutcome<T>.Failed(_call.Exception!, counts);
    }

    /// <summary>Runs hooks to their end, or until an interrupt ends them.</summary>
    /// <returns>Those that failed, and not by the interrupt.</returns>
    private async ValueTask<IReadOnlyList<Task>> RunHooks(HookEvent of, StartContext start)
    {
        if (!_plan.Has(of))
        {
            return [];
        }

        Scope scope;
        do
        {
            await WhenReleased().ConfigureAwait(false);
            if (_call.Pending != SitInterrupt.None)
            {
                return [];
            }

            scope = new Scope(_plan);
        }
        while (!_call.TryAttach(scope));

        var hooks = Hooks.Start(_call, this, of, scope);
        await Wait(scope, System.Threading.Tasks.Task.WhenAll(hooks), isGated: false, start).ConfigureAwait(false);
        _call.Detach(scope);

        var failed = new List<Task>();
        var isInterrupted = _call.Pending != SitInterrupt.None;
        foreach (var hook in hooks)
        {
            if (!hook.IsCompleted)
            {
                // An interrupt has left it behind, and its failure is still told.
                _ = hook.ContinueWith(late => Hooks.Report(_call, late), CancellationToken.None, TaskContinuationOptions.NotOnRanToCompletion, TaskScheduler.Default);
            }
            else if (!hook.IsCompletedSuccessfully && !(isInterrupted && Interruption.IsCarriedBy(Failures.Of(hook))))
            {
                failed.Add(hook);
            }
        }

        return failed;
    }

    private async ValueTask<AttemptOutcome<T>> Attempt(int number, CancellationToken token)
    {
        Scope scope;
        do
        {
            await WhenReleased().ConfigureAwait(false);
            await _startContext.Switch(isFirst: number == 1);
            if (_call.Pending != SitInterrupt.None)
            {
                return AttemptOutcome<T>.Interrupted();
            }

            scope = new Scope(_plan) { StartedAt = Clock.Now };
        }
        while (!_call.TryAttach(scope));

        _call.Attempt = number;
        var body = StartBody(scope);
        bool hasEnded;
        using (token.UnsafeRegister(static s => ((Scope)s!).Interrupt("its resilience pipeline cancelled it"), scope))
        {
            var deadline = body.IsCompleted ? null : StartAttemptClock(scope);
            hasEnded = await Wait(scope, body, _plan.IsAsync, _startContext).ConfigureAwait(false);
            _call.Stop(deadline);
        }

        return await Conclude(scope, body, hasEnded, token).ConfigureAwait(false);
    }

    protected virtual ValueTask<AttemptOutcome<T>> Conclude(Scope scope, Task body, bool hasEnded, CancellationToken token) =>
        new(EndAttempt(scope, body, hasEnded, token));

    private AttemptOutcome<T> EndAttempt(Scope scope, Task body, bool hasEnded, CancellationToken token)
    {
        if (!hasEnded)
        {
            _startContext.LeftBehind();
        }

        _call.Detach(scope);
        return Evaluate(scope, body, hasEnded, token);
    }

    /// <summary>What an attempt has come to. An interrupt that reached the body has the last word, unless the body failed on its own.</summary>
    protected AttemptOutcome<T> Evaluate(Scope scope, Task body, bool hasEnded, CancellationToken token)
    {
        if (!hasEnded)
        {
            body.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        var failure = hasEnded ? Failures.Of(body) : null;
        if (failure is not null)
        {
            _call.Exception = failure;
        }

        var wasInterrupted = !hasEnded || (scope.InterruptWasSeen && (failure is null || Interruption.IsCarriedBy(failure)));
        if (!wasInterrupted)
        {
            _lastFailure = failure;
            return failure is null ? AttemptOutcome<T>.Of(ResultOf(body)) : AttemptOutcome<T>.Failed(failure, body);
        }

        if (_call.Pending != SitInterrupt.None)
        {
            return AttemptOutcome<T>.Interrupted(failure);
        }

        if (scope.Tree.HasTimedOut)
        {
            var timeout = new TimeoutException($"An attempt of {_plan.Name} timed out after {Seconds(_plan.AttemptTimeout)}.", failure);
            _call.Exception = _lastFailure = timeout;
            return AttemptOutcome<T>.TimedOut(timeout);
        }

        return AttemptOutcome<T>.Failed(new OperationCanceledException($"The resilience pipeline of {_plan.Name} cancelled an attempt.", failure, token));
    }

    /// <summary>Waits for what runs in a scope: to its end, or until an interrupt leaves it behind.</summary>
    protected static async ValueTask<bool> Wait(Scope scope, Task running, bool isGated, StartContext start)
    {
        if (running.IsCompleted)
        {
            start.Ended();
            return true;
        }

        var wait = scope.EnsureWait();
        if (!isGated)
        {
            scope.Await(wait.GiveUp);
        }

        start.WhenEnded(running, wait.End);
        return await wait.Task.ConfigureAwait(false);
    }

    protected async ValueTask<bool> StartsAgain(AttemptOutcome<T> ending)
    {
        if (!ending.IsInterrupted || !_call.TryBeginRestart())
        {
            return false;
        }

        await Hooks.Run(_call, this, HookEvent.Restart).ConfigureAwait(false);
        return _call.TryEndRestart();
    }

    protected async ValueTask Finish(AttemptOutcome<T> ending)
    {
        var (state, interrupt) = Close(ending.IsTimedOut ? SitState.TimedOut : ending.Exception is not null ? SitState.Failed : SitState.Completed, ending);
        var hooks = state switch
        {
            SitState.TimedOut => HookEvent.Timeout,
            SitState.Cancelled => HookEvent.Cancellation,
            SitState.Failed => HookEvent.Exception,
            _ => HookEvent.Completion,
        };

        await Hooks.Run(_call, this, hooks).ConfigureAwait(false);
        if (_pauseHooks is not null)
        {
            await _pauseHooks.WhenDone.ConfigureAwait(false);
        }

        Leave(state);
        SetCallerResult(state, interrupt, ending);
    }

    /// <summary>From here on no interrupt changes anything.</summary>
    protected (SitState End, SitInterrupt Interrupt) Close(SitState end, AttemptOutcome<T> ending)
    {
        _result = ending.Result;
        if (end == SitState.Failed)
        {
            // Also where a resilience pipeline made the failure, and no attempt ended with it.
            _call.Exception = ending.Exception;
        }

        return _call.Close(end, ending.IsInterrupted);
    }

    protected void Leave(SitState state)
    {
        try
        {
            OnEnding?.Invoke(state == SitState.Completed, _result);
        }
        catch (Exception failure)
        {
            // The user's own cache refused the result, which is as good without it.
            Sitter.RaiseHookFailed(_call.Context, failure);
        }

        _call.Leave();
    }

    /// <summary>Gives the caller its outcome. Its continuation may run right here, and does not belong to the call.</summary>
    protected void SetCallerResult(SitState state, SitInterrupt interrupt, AttemptOutcome<T> ending)
    {
        var slot = ThreadSlot.Mine;
        var current = slot.Current;
        slot.Current = null;
        switch (state)
        {
            case SitState.Completed:
                Complete(ending.Result!);
                break;
            case SitState.Failed:
                Fail(ending.Exception!, ending.Origin);
                break;
            case SitState.TimedOut when _plan.OnTimeout == SitOutcome.ReturnDefault:
            case SitState.Cancelled when _plan.OnCancel == SitOutcome.ReturnDefault && interrupt == SitInterrupt.Cancel && !_call.IsInterruptedByOuterCall:
                Complete(default!);
                break;
            case SitState.TimedOut:
                Fail(TimeoutFailure(ending), null);
                break;
            default:
                var token = interrupt == SitInterrupt.CallerCancel ? _call.CallerToken : _call.OuterToken;
                Fail(new OperationCanceledException($"The call of {_plan.Name} was cancelled: {InterruptState.Reason(interrupt)}.", ending.Exception, token), null);
                break;
        }

        slot.Current = current;
        _call.Unregister();
    }

    protected virtual void Complete(T result) => _promise.Complete(result);

    protected virtual void Fail(Exception exception, Task? origin) => _promise.Fail(exception, origin);

    private TimeoutException TimeoutFailure(AttemptOutcome<T> ending) => ending.IsTimedOut
        ? (TimeoutException)ending.Exception!
        : new TimeoutException($"The call of {_plan.Name} timed out after {Seconds(_plan.Timeout)}.", _lastFailure ?? ending.Exception);

    /// <summary>Calls the body; what it throws before it returns comes to the caller through the task.</summary>
    private Task StartBody(Scope scope)
    {
        using var inside = new ScopeEntry(scope, ThreadSlot.Mine);
        try
        {
            return Invoke(scope) ?? NullTask();
        }
        catch (Exception exception)
        {
            return System.Threading.Tasks.Task.FromException(exception);
        }
    }

    protected void UsePauseHooks()
    {
        if (_pauseHooks is not null)
        {
            _call.UsePauseHooks(_pauseHooks);
        }
    }

    protected async ValueTask WhenReleased()
    {
        // By the time this goes on, everything may be paused again.
        for (var released = _call.WhenReleased(); !released.IsCompleted; released = _call.WhenReleased())
        {
            await released.ConfigureAwait(false);
        }
    }

    protected void StartClock(long startedAt)
    {
        if (_plan.Deadlines is not null)
        {
            _deadline = _call.Start(new Deadline(_call, _plan.Deadlines, startedAt));
        }
    }

    /// <summary>After a restart nothing of what was before counts.</summary>
    protected void StartAnew()
    {
        _lastFailure = null;
        StartClock(Clock.Now);
    }

    protected void StopClock() => _call.Stop(_deadline);

    protected Deadline? StartAttemptClock(Scope scope) => _plan.AttemptDeadlines is null
        ? null
        : _call.Start(new Deadline(_call, _plan.AttemptDeadlines, scope.StartedAt, () => _call.OnAttemptTimeout(scope)));

    private Task<T> NullTask() => System.Threading.Tasks.Task.FromException<T>(new InvalidOperationException($"{_plan.Name} returned null instead of a task."));

    private static string Seconds(TimeSpan? time) => $"{time?.TotalSeconds:0.###} s";
}

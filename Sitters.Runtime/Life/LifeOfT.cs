namespace Sitters.Runtime;

/// <summary>The life of a sat call that has left the fast path.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class Life<T> : IRetried
{
    private readonly Call _call;
    private readonly Plan _plan;
    private readonly Body<T> _body;
    private readonly Promise<T> _promise;
    private readonly PauseHooks? _pauseHooks;
    private readonly StartContext _startContext = StartContext.Capture();
    private Deadline? _deadline;
    private Exception? _lastFailure;

    public Life(Call call, Body<T> body)
    {
        _call = call;
        _plan = call.Plan;
        _body = body;
        _promise = new Promise<T>(call.Plan);
        if (_plan.Has(HookEvent.Pause) || _plan.Has(HookEvent.Resume))
        {
            _pauseHooks = new PauseHooks(call, body);
        }
    }

    public Task<T> Task => _promise.Task;

    /// <summary>The call itself, for who shares its result.</summary>
    public Call Call => _call;

    /// <summary>Told at the end of a shared call whether it completed, and with what, before its callers are.</summary>
    public Action<bool, T?>? OnEnding { get; set; }

    public void Live() => _ = Run(null, null);

    public TTask Live<TTask, TShape>()
        where TShape : struct, IShape<TTask, T>
    {
        _ = Run(null, null);
        return TShape.FromTask(Task);
    }

    public TTask Live<TTask, TShape>(Scope scope, TTask running)
        where TShape : struct, IShape<TTask, T>
    {
        _ = Run(scope, TShape.AsTask(running) ?? NullTask());
        return TShape.FromTask(Task);
    }

    bool IRetried.MayRetry(Exception exception) => _call.Pending == SitInterrupt.None && _plan.Retry.Handles(exception);

    ValueTask IRetried.OnRetry() => Hooks.Run(_call, _body, HookEvent.Retry);

    /// <summary>From the beginning, or from the first attempt where that is running already, to the end.</summary>
    private async Task Run(Scope? scope, Task? running)
    {
        var tokens = default(CallerTokens);
        try
        {
            _call.Join(scope);
            if (_pauseHooks is not null)
            {
                _call.UsePauseHooks(_pauseHooks);
            }

            if (!_call.IsShared)
            {
                // A shared call has several callers; see Waiter.
                tokens = CallerTokens.Register(_call, _body);
            }

            Ending<T> ending;
            do
            {
                _lastFailure = null;
                StartClock(_call.Context.Restarts == 0 ? _call.StartStamp : Clock.Now);
                if (running is null)
                {
                    await WhenReleased().ConfigureAwait(false);
                    ending = await Startup().ConfigureAwait(false);
                }
                else
                {
                    ending = Ending<T>.Of(default!);
                }

                if (ending is { IsInterrupted: false, Exception: null })
                {
                    ending = await Attempts(scope, running).ConfigureAwait(false);
                }

                (scope, running) = (null, null);
                StopClock();
            }
            while (await StartsAgain(ending).ConfigureAwait(false));

            await Finish(ending).ConfigureAwait(false);
        }
        catch (Exception defect)
        {
            // Nothing of the user's can come here; but should there be a defect in what stands above, the caller is told.
            End(false, default);
            _promise.Fail(defect, null);
        }
        finally
        {
            tokens.Dispose();
        }
    }

    private async ValueTask<Ending<T>> Startup()
    {
        if (_call.Pending != SitInterrupt.None)
        {
            return Ending<T>.Interrupted();
        }

        if (!_plan.Has(HookEvent.Startup))
        {
            return Ending<T>.Of(default!);
        }

        var scope = new Scope(_plan);
        _call.Attach(scope, isInterruptible: true);
        var hooks = Hooks.Start(_call, _body, HookEvent.Startup, scope);
        await Wait(scope, System.Threading.Tasks.Task.WhenAll(hooks), isGated: false).ConfigureAwait(false);
        _call.Detach(scope);
        return StartupEnding(hooks);
    }

    private Ending<T> StartupEnding(Task[] hooks)
    {
        var isInterrupted = _call.Pending != SitInterrupt.None;
        var failed = default(Task);
        foreach (var hook in hooks)
        {
            if (!hook.IsCompleted)
            {
                // An interrupt has left it behind, and its failure is still told.
                hook.ContinueWith(late => Hooks.Report(_call, late), CancellationToken.None, TaskContinuationOptions.NotOnRanToCompletion, TaskScheduler.Default);
            }
            else if (hook.IsCompletedSuccessfully || (isInterrupted && Interruption.IsCarriedBy(Failures.Of(hook))))
            {
                continue;
            }
            else if (failed is null && !isInterrupted)
            {
                failed = hook;
            }
            else
            {
                Hooks.Report(_call, hook);
            }
        }

        return isInterrupted ? Ending<T>.Interrupted() : failed is null ? Ending<T>.Of(default!) : Ending<T>.Failed(Failures.Of(failed)!, failed);
    }

    private async ValueTask<Ending<T>> Attempts(Scope? scope, Task? running)
    {
        if (_plan.Retry.IsUsers)
        {
            return await Retry(_body.Retry(), null).ConfigureAwait(false);
        }

        var first = await Attempt(1, scope, running, CancellationToken.None).ConfigureAwait(false);
        return first.Exception is null || !_plan.Retries || !((IRetried)this).MayRetry(first.Exception)
            ? first
            : await Retry(null, first).ConfigureAwait(false);
    }

    private ValueTask<Ending<T>> Retry(object? users, Ending<T>? first)
    {
        var retrying = _plan.Retry.Run(this, users, Again, first);
        if (!retrying.IsCompleted)
        {
            // It may be waiting between attempts none of which has suspended.
            _deadline?.Arm();
        }

        return retrying;
    }

    private ValueTask<Ending<T>> Again(int number, CancellationToken token) => Attempt(number, null, null, token);

    private async ValueTask<Ending<T>> Attempt(int number, Scope? scope, Task? running, CancellationToken token)
    {
        if (running is null)
        {
            await WhenReleased().ConfigureAwait(false);
            await _startContext.Switch(isFirst: number == 1);
            if (_call.Pending != SitInterrupt.None)
            {
                return Ending<T>.Interrupted();
            }

            _call.Context.Attempt = number;
            scope = new Scope(_plan) { StartedAt = Clock.Now };
            _call.Attach(scope, isInterruptible: true);
            running = Invoke(scope);
        }

        var isTimedOut = false;
        var limit = _plan.AttemptTimeout is { } time && !running.IsCompleted
            ? _call.Add(new Deadline(_call, time, scope!.StartedAt, () =>
            {
                isTimedOut = true;
                _call.Context.Interrupt = SitInterrupt.Timeout;
                scope!.Interrupt("the attempt's time is over");
            }))
            : null;
        bool hasEnded;
        using (token.UnsafeRegister(static s => ((Scope)s!).Interrupt("its resilience pipeline cancelled it"), scope))
        {
            limit?.Arm();
            hasEnded = await Wait(scope!, running, _plan.IsAsync).ConfigureAwait(false);
        }

        if (limit is not null)
        {
            _call.Remove(limit);
        }

        _startContext.Ended();
        _call.Detach(scope!);
        return Judge(scope!, running, hasEnded, isTimedOut, token);
    }

    /// <summary>What an attempt has come to. An interrupt that reached the body has the last word, unless the body failed on its own.</summary>
    private Ending<T> Judge(Scope scope, Task body, bool hasEnded, bool isTimedOut, CancellationToken token)
    {
        if (!hasEnded)
        {
            body.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        var failure = hasEnded ? Failures.Of(body) : null;
        if (failure is not null)
        {
            _call.Context.Exception = failure;
        }

        var wasInterrupted = !hasEnded || (scope.InterruptWasSeen && (failure is null || Interruption.IsCarriedBy(failure)));
        if (!wasInterrupted)
        {
            _lastFailure = failure;
            return failure is null ? Ending<T>.Of(_body.Result(body)) : Ending<T>.Failed(failure, body);
        }

        if (_call.Pending != SitInterrupt.None)
        {
            return Ending<T>.Interrupted(failure);
        }

        if (isTimedOut)
        {
            var timeout = new TimeoutException($"An attempt of {_plan.Name} timed out after {Seconds(_plan.AttemptTimeout)}.", failure);
            _call.Context.Exception = _lastFailure = timeout;
            return Ending<T>.TimedOut(timeout);
        }

        return Ending<T>.Failed(new OperationCanceledException($"The resilience pipeline of {_plan.Name} cancelled an attempt.", failure, token));
    }

    /// <summary>Waits for what runs in a scope: to its end, or until an interrupt leaves it behind.</summary>
    private async ValueTask<bool> Wait(Scope scope, Task running, bool isGated)
    {
        if (running.IsCompleted)
        {
            return true;
        }

        _deadline?.Arm();
        var wait = new BodyWait();
        scope.Tree.OnInterrupted = () => _call.Add(new Deadline(_call, _plan.Grace, Clock.Now, wait.GiveUp)).Arm();
        if (scope.IsInterrupted)
        {
            scope.Tree.OnInterrupted();
        }

        if (!isGated)
        {
            scope.Await(wait.GiveUp);
        }

        _startContext.WhenEnded(running, wait);
        return await wait.Task.ConfigureAwait(false);
    }

    private async ValueTask<bool> StartsAgain(Ending<T> ending)
    {
        if (!ending.IsInterrupted || _call.Pending != SitInterrupt.Restart)
        {
            return false;
        }

        _call.BeginRestart();
        await Hooks.Run(_call, _body, HookEvent.Restart).ConfigureAwait(false);
        return _call.EndRestart();
    }

    private async ValueTask Finish(Ending<T> ending)
    {
        var interrupt = _call.Close(ending.IsInterrupted);
        var context = _call.Context;
        var (state, hooks) = interrupt switch
        {
            SitInterrupt.Timeout => (SitState.TimedOut, HookEvent.Timeout),
            SitInterrupt.Cancel or SitInterrupt.CallerCancel => (SitState.Cancelled, HookEvent.Cancellation),
            _ when ending.IsTimedOut => (SitState.TimedOut, HookEvent.Timeout),
            _ when ending.Exception is not null => (SitState.Failed, HookEvent.Exception),
            _ => (SitState.Completed, HookEvent.Completion),
        };

        context.StoppedAt = Sitter.TimeProvider.GetUtcNow();
        context.Result = state == SitState.Completed && typeof(T) != typeof(Nothing) ? ending.Result : null;
        context.State = state;
        await Hooks.Run(_call, _body, hooks).ConfigureAwait(false);
        if (_pauseHooks is not null)
        {
            await _pauseHooks.WhenDone.ConfigureAwait(false);
        }

        End(state == SitState.Completed, ending.Result);
        Tell(state, interrupt, ending);
    }

    private void End(bool completed, T? result)
    {
        try
        {
            OnEnding?.Invoke(completed, result);
        }
        catch (Exception failure)
        {
            // The user's own cache refused the result, which is as good without it.
            Sitter.RaiseHookFailed(_call.Context, failure);
        }

        _call.Leave();
    }

    /// <summary>Gives the caller its outcome. Its continuation may run right here, and does not belong to the call.</summary>
    private void Tell(SitState state, SitInterrupt interrupt, Ending<T> ending)
    {
        var slot = ThreadSlot.Mine;
        var current = slot.Current;
        slot.Current = null;
        switch (state)
        {
            case SitState.Completed:
                _promise.Complete(ending.Result!);
                break;
            case SitState.Failed:
                _promise.Fail(ending.Exception!, ending.Origin);
                break;
            case SitState.TimedOut when _plan.OnTimeout == SitOutcome.ReturnDefault:
            case SitState.Cancelled when _plan.OnCancel == SitOutcome.ReturnDefault && interrupt == SitInterrupt.Cancel && !_call.IsInterruptedByParent:
                _promise.Complete(default!);
                break;
            case SitState.TimedOut:
                _promise.Fail(Timeout(ending), null);
                break;
            default:
                var token = interrupt == SitInterrupt.CallerCancel ? _call.CallerToken : _call.ParentToken;
                _promise.Fail(new OperationCanceledException($"The call of {_plan.Name} was cancelled: {Call.Reason(interrupt)}.", ending.Exception, token), null);
                break;
        }

        slot.Current = current;
    }

    private TimeoutException Timeout(Ending<T> ending) => ending.IsTimedOut
        ? (TimeoutException)ending.Exception!
        : new TimeoutException($"The call of {_plan.Name} timed out after {Seconds(_plan.Timeout)}.", _lastFailure ?? ending.Exception);

    /// <summary>Calls the body; what it throws before it returns comes to the caller through the task.</summary>
    private Task Invoke(Scope scope)
    {
        using var inside = new Inside(scope);
        try
        {
            return _body.Invoke(scope) ?? NullTask();
        }
        catch (Exception exception)
        {
            return System.Threading.Tasks.Task.FromException(exception);
        }
    }

    private async ValueTask WhenReleased()
    {
        // By the time this goes on, everything may be paused again.
        for (var released = _call.WhenReleased(); !released.IsCompleted; released = _call.WhenReleased())
        {
            await released.ConfigureAwait(false);
        }
    }

    private void StartClock(long startedAt)
    {
        if (_plan.Timeout is { } limit)
        {
            _deadline = _call.Add(new Deadline(_call, limit, startedAt, _call.OnTimeout));
        }
    }

    private void StopClock()
    {
        if (_deadline is not null)
        {
            _call.Remove(_deadline);
        }
    }

    private Task<T> NullTask() => System.Threading.Tasks.Task.FromException<T>(
        new InvalidOperationException($"{_plan.Name} returned null instead of a task."));

    private static string Seconds(TimeSpan? time) => $"{time?.TotalSeconds:0.###} s";
}

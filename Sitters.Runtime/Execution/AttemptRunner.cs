using System.Diagnostics;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Retrying;
using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Execution;

/// <summary>Runs the startup hooks and the attempts of a call, and evaluates the outcome of each.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class AttemptRunner<T>(Call call, ICallBody<T> source, StartContext start) : IRetriedCall
{
    /// <summary>
    /// A token of the caller's that was cancelled before the call began: it keeps no body from running, and comes to its first await.
    /// </summary>
    private CancellationToken _cancelledBefore;

    /// <summary>Where attempts and hooks start.</summary>
    public StartContext StartContext => start;

    /// <summary>What the last attempt failed with, if it did.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>The body of the last attempt threw before it returned its task, as only one that is not async does.</summary>
    public bool BodyThrew { get; set; }

    string IRetriedCall.Name => call.Plan.Name;

    bool IRetriedCall.IsInterrupted => call.IsInterrupted;

    public static Task<T> NullTask(Plan plan) =>
        Task.FromException<T>(new InvalidOperationException($"{plan.Name} returned null instead of a task."));

    /// <summary>Listens to the tokens that the caller passed in.</summary>
    public CallerTokens Listen(ICallerTokens tokens) =>
        call.IsShared ? default : CallerTokens.Register(call, tokens, out _cancelledBefore);

    /// <returns>What keeps the call from starting; null if nothing does.</returns>
    public async ValueTask<AttemptOutcome<T>?> RunStartupHooks()
    {
        var failed = await Hooks.RunInterruptibly(call, source, HookEvent.Startup, StartContext).ConfigureAwait(false);

        // Read once: a failure is either the outcome of the call or reported, even if an interrupt comes right now.
        var isInterrupted = call.IsInterrupted;
        var counts = isInterrupted || failed.Count == 0 ? null : failed[0];
        foreach (var hook in failed)
        {
            if (hook != counts)
            {
                Hooks.Report(call, HookEvent.Startup, hook);
            }
        }

        if (isInterrupted)
        {
            return AttemptOutcome<T>.Interrupted();
        }

        return counts is null ? null : AttemptOutcome<T>.Failed(TaskFailure.Of(counts)!, counts);
    }

    /// <param name="first">The outcome of the first attempt, if it has run already.</param>
    public async ValueTask<AttemptOutcome<T>> RunAttempts(AttemptOutcome<T>? first)
    {
        var plan = call.Plan;
        if (plan.HasRetryMember)
        {
            await StartContext.Switch();
            object? supplied;
            try
            {
                supplied = source.RetryMember();
            }
            catch (Exception failure)
            {
                return AttemptOutcome<T>.Failed(failure);
            }

            return await plan.Retry.Run(this, supplied, Attempt, default(AttemptOutcome<T>?)).ConfigureAwait(false);
        }

        var outcome = first ?? await Attempt(1, CancellationToken.None).ConfigureAwait(false);
        if (outcome.Exception is null || outcome.IsInterrupted || !plan.Retries || !((IRetriedCall)this).MayRetry(outcome.Exception))
        {
            return outcome;
        }

        outcome = await plan.Retry.Run(this, null, Attempt, (AttemptOutcome<T>?)outcome).ConfigureAwait(false);
        call.NoteRetries(
            areExhausted: call.Attempt == plan.Options.MaxAttempts
                && outcome is { IsInterrupted: false, Exception: { } last }
                && plan.Retry.Handles(last));
        return outcome;
    }

    /// <summary>Runs the restart hooks, if the call was restarted.</summary>
    /// <returns>Whether the call starts again from its beginning, so that nothing from before counts.</returns>
    public async ValueTask<bool> TryRestart(AttemptOutcome<T> outcome)
    {
        if (!outcome.IsInterrupted || !call.TryBeginRestart())
        {
            return false;
        }

        await call.Observe(static (observer, context) => observer.Restarted(context)).ConfigureAwait(false);
        await Hooks.Run(call, source, HookEvent.Restart, StartContext).ConfigureAwait(false);
        if (!call.TryEndRestart())
        {
            return false;
        }

        LastFailure = null;
        BodyThrew = false;
        return true;
    }

    /// <summary>Ends an attempt, and evaluates its outcome.</summary>
    public AttemptOutcome<T> End(Scope scope, Task body, bool hasEnded, CancellationToken token)
    {
        call.Detach(scope);
        return Evaluate(scope, body, hasEnded, token);
    }

    /// <summary>
    /// The outcome of an attempt. An interrupt that reached the body takes precedence, unless the body failed for a reason of its own.
    /// </summary>
    public AttemptOutcome<T> Evaluate(Scope scope, Task body, bool hasEnded, CancellationToken token)
    {
        if (!hasEnded)
        {
            body.ContinueWith(
                static late => late.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        var failure = hasEnded ? TaskFailure.Of(body) : null;
        if (failure is not null)
        {
            call.Exception = failure;
        }

        var wasInterrupted = !hasEnded || (failure is null ? scope.InterruptWasSeen : scope.IsInterrupt(failure));
        if (!wasInterrupted)
        {
            LastFailure = failure;
            return failure is null ? AttemptOutcome<T>.Of(source.ResultOf(body)) : AttemptOutcome<T>.Failed(failure, body);
        }

        if (call.IsInterrupted)
        {
            return AttemptOutcome<T>.Interrupted(failure);
        }

        var plan = call.Plan;
        if (scope.Tree.HasTimedOut)
        {
            var timeout = new TimeoutException(
                $"An attempt of {plan.Name} timed out after {CallEnd.Seconds(plan.AttemptTimeout)}.", failure);
            call.Exception = LastFailure = timeout;
            return AttemptOutcome<T>.TimedOut(timeout);
        }

        return AttemptOutcome<T>.Failed(
            new OperationCanceledException($"The resilience pipeline of {plan.Name} cancelled an attempt.", failure, token));
    }

    bool IRetriedCall.MayRetry(Exception exception) => !call.IsInterrupted && call.Plan.Retry.Handles(exception);

    CancellationToken IRetriedCall.WaitToken() => call.WaitToken();

    async ValueTask IRetriedCall.OnRetry(TimeSpan? delay)
    {
        var failure = LastFailure;
        await call.Observe((observer, context) => observer.Retrying(context, failure)).ConfigureAwait(false);

        // They are part of the wait between two attempts, to which the time limit of the call applies.
        foreach (var failed in await Hooks.RunInterruptibly(call, source, HookEvent.Retry, StartContext).ConfigureAwait(false))
        {
            Hooks.Report(call, HookEvent.Retry, failed);
        }

        call.NoteWait(delay);
    }

    private async ValueTask<AttemptOutcome<T>> Attempt(int number, CancellationToken token)
    {
        Scope scope;
        do
        {
            await call.WaitWhilePaused().ConfigureAwait(false);
            await StartContext.SwitchForAttempt(isFirst: number == 1);
            if (call.IsInterrupted)
            {
                return AttemptOutcome<T>.Interrupted();
            }

            scope = (number == 1 ? source.FirstScope : null) ?? new Scope(call.Plan);
            scope.StartStamp = call.Now;
        }
        while (!call.TryAttach(scope));

        call.Attempt = number;
        if (SitObservers.Any)
        {
            await call.Observe(static (observer, context) => observer.Attempting(context)).ConfigureAwait(false);
            await StartContext.SwitchForAttempt(isFirst: number == 1);
        }

        call.StartAttemptTimeout(scope);
        if (_cancelledBefore.IsCancellationRequested)
        {
            call.OnCallerCancel(_cancelledBefore);
            _cancelledBefore = default;
        }

        var telemetry = call.TellAttempt(number, LastFailure);
        var body = StartBody(scope, telemetry?.Span ?? call.Span);
        bool hasEnded;
        var registration = token.UnsafeRegister(static s => ((Scope)s!).Interrupt(InterruptReason.CancelledByPipeline), scope);
        try
        {
            hasEnded = await ScopeWait.For(scope, body, call.Plan.IsAsync, StartContext).ConfigureAwait(false);
        }
        finally
        {
            // Not Dispose, which would block the thread while the callback runs: one that comes too late does no harm.
            registration.Unregister();
        }

        call.StopAttemptTimeout(scope);
        var outcome = await source.EndAttempt(scope, body, hasEnded, token).ConfigureAwait(false);
        telemetry?.End(EndOf(outcome), outcome.Exception);
        return outcome;
    }

    /// <summary>How an attempt has ended.</summary>
    private SitState EndOf(AttemptOutcome<T> outcome) => outcome switch
    {
        { IsInterrupted: true } => call.Pending switch
        {
            SitInterrupt.Timeout => SitState.TimedOut,
            SitInterrupt.Restart => SitState.Restarting,
            _ => SitState.Cancelled,
        },
        { IsTimedOut: true } => SitState.TimedOut,
        { Exception: not null } => SitState.Failed,
        _ => SitState.Completed,
    };

    /// <summary>Calls the body; an exception that it throws before it returns becomes the outcome of its attempt.</summary>
    private Task StartBody(Scope scope, Span? span)
    {
        using var current = new SpanEntry(span);
        using var entry = new ScopeEntry(scope, ThreadSlot.Mine);
        if (call.Plan.HasLimits)
        {
            TimeWatch.Begin();
        }

        try
        {
            BodyThrew = false;
            return source.Invoke(scope) ?? NullTask(call.Plan);
        }
        catch (Exception exception)
        {
            BodyThrew = true;
            return Task.FromException(exception);
        }
    }
}

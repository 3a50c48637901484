using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Execution;

/// <summary>
/// One call from beginning to end, in the order of the contract: wait while paused, startup hooks, attempts with retries, all of
/// that again after a restart, the hooks of the end, and then the caller gets the outcome. <see cref="FastPath"/> is the same for a call
/// that completes without suspending.
/// </summary>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal abstract class CallExecution<T> : ICallExecution, ISharedExecution, ICallBody<T>, ICallerTokens
{
    private readonly Call _call;
    private readonly AttemptRunner<T> _attempts;
    private ExecutionContext? _context = ExecutionContext.Capture();
    private FirstAttempt<T>? _first;
    private Promise<T> _promise;
    private T? _result;

    /// <summary>The thread that makes the call and has not returned to its code; 0 otherwise.</summary>
    private int _startingThread;

    /// <summary>What the body threw before it returned, if nothing was awaited until the call was over. Of the thread above.</summary>
    private Exception? _thrown;

    protected CallExecution(Call call)
    {
        _call = call;
        _attempts = new AttemptRunner<T>(call, this);
        _promise = new Promise<T>(call.Plan.IsAsync);
        call.Execution = this;
    }

    /// <summary>The caller's task.</summary>
    public Task<T> Task => _promise.Task;

    public Call Call => _call;

    public AttemptRunner<T> Attempts => _attempts;

    /// <summary>The callers that share a cached method's call; null for a call with one caller.</summary>
    public ISharedCall<T>? Sharing { get; set; }

    object? ISharedExecution.Sharing => Sharing;

    public int CallerTokenCount => _call.Plan.TokenCount;

    object? ICallExecution.Result => typeof(T) == typeof(VoidResult) ? null : _result;

    bool ICallExecution.IsDelivered => Task.IsCompleted && Sharing is null or { IsDelivered: true };

    Task ICallExecution.Delivery => Task;

    /// <summary>Runs the call from its beginning.</summary>
    public CallExecution<T> Start()
    {
        _startingThread = Environment.CurrentManagedThreadId;
        _ = RunAsync(null);
        _startingThread = 0;
        return this;
    }

    /// <summary>Continues the call from its first attempt, whose body has returned its task; the call is registered by now.</summary>
    /// <param name="scope">The attempt.</param>
    /// <param name="body">Its task.</param>
    /// <param name="threw">It was made of what the body threw before it returned.</param>
    public CallExecution<T> Continue(Scope scope, Task? body, bool threw)
    {
        _startingThread = Environment.CurrentManagedThreadId;
        _attempts.BodyThrew = threw;
        PauseHooks.UseIn(_call, this, _attempts.StartContext);
        _call.StartTimeout(_call.StartStamp);
        _first = new FirstAttempt<T>(scope, body ?? AttemptRunner<T>.NullTask(_call.Plan));
        _first.Start(this);
        _startingThread = 0;
        return this;
    }

    /// <summary>The call is over, and the caller that has made it gets the exception instead of the task.</summary>
    public bool HasThrown => _thrown is not null;

    /// <summary>For the caller that has made the call, right after it has started.</summary>
    /// <returns>Its task.</returns>
    /// <exception cref="Exception">The call is over: its body threw before it returned, and nothing had to be awaited.</exception>
    public Task<T> ReturnTask()
    {
        if (_thrown is { } thrown)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }

        return Task;
    }

    /// <summary>The first attempt is over. Most calls end here, with a result and no hook to run.</summary>
    public void OnFirstAttemptOver(AttemptOutcome<T> first)
    {
        if (first is { Exception: null, IsInterrupted: false }
            && _call.Plan is { EndsAtOnce: true, HasPauseHooks: false }
            && !SitObservers.Any)
        {
            _result = first.Result;
            var end = CallEnd.Decide(_call, first);
            Deliver(end, end.ForCaller(_call, first, null));
        }
        else if (_context is null)
        {
            _ = RunAsync(first);
        }
        else
        {
            // What follows runs in the caller's context again, not in the context of the code that completed the body.
            ExecutionContext.Run(_context, static state => _ = ((Continuation)state!).RunAsync(), new Continuation(this, first));
        }
    }

    void ICallExecution.GiveUp(Scope scope)
    {
        if (_first is { } first && first.Scope == scope)
        {
            first.GiveUp();
        }
        else
        {
            scope.Tree.EnsureWait().GiveUp();
        }
    }

    /// <summary>The call has ended: its context may be kept for long, and is not to keep the arguments.</summary>
    protected abstract void ForgetArguments();

    public abstract Task? Invoke(Frame frame);

    public abstract T ResultOf(Task task);

    public abstract object? RetryMember();

    public abstract ValueTask Hook(int id, SitContext context);

    public abstract CancellationToken CallerToken(int index);

    ValueTask<AttemptOutcome<T>> ICallBody<T>.EndAttempt(Scope scope, Task body, bool hasEnded, CancellationToken token) =>
        new(_attempts.End(scope, body, hasEnded, token));

    /// <param name="first">The outcome of the first attempt, if it has run already.</param>
    private async Task RunAsync(AttemptOutcome<T>? first)
    {
        var tokens = default(CallerTokens);
        try
        {
            if (first is null)
            {
                _call.BeginTelling();
                _call.Register(null);
                PauseHooks.UseIn(_call, this, _attempts.StartContext);
                tokens = _attempts.Listen(this);
                _call.StartTimeout(_call.StartStamp);
                await _call.Observe(static (observer, call) => observer.Started(call)).ConfigureAwait(false);
            }

            AttemptOutcome<T> outcome;
            while (true)
            {
                outcome = (first is null ? await _attempts.RunStartupHooks().ConfigureAwait(false) : null)
                    ?? await _attempts.RunAttempts(first).ConfigureAwait(false);
                _call.StopTimeout();
                if (!await _attempts.TryRestart(outcome).ConfigureAwait(false))
                {
                    break;
                }

                first = null;
                _call.RestartTimeout();
            }

            _result = outcome.Result;
            var end = CallEnd.Decide(_call, outcome);
            outcome = end.ForCaller(_call, outcome, _attempts.LastFailure);
            await Hooks.RunOfEnd(_call, this, end.Hooks, _attempts.StartContext).ConfigureAwait(false);
            Deliver(end, outcome);
        }
        catch (Exception defect)
        {
            // No exception of the user's gets here; but if the code above has a defect, the caller learns of it.
            Deliver(CallEnd.Failed(_call, defect), AttemptOutcome<T>.Failed(defect));
        }
        finally
        {
            tokens.Dispose();
        }
    }

    /// <param name="end">How the call ends.</param>
    /// <param name="outcome">What the caller gets.</param>
    private void Deliver(CallEnd end, AttemptOutcome<T> outcome)
    {
        try
        {
            Sharing?.OnEnding(end.State == SitState.Completed, _result);
        }
        catch (Exception failure)
        {
            // The user's own cache refused the result, which is valid anyway.
            _call.Report(failure);
        }

        _call.BeginDelivery();
        using (FrameExit.Begin())
        {
            // The caller's continuation may run right here.
            _promise.Set(outcome);
        }

        if (_attempts.BodyThrew && _startingThread == Environment.CurrentManagedThreadId)
        {
            // The caller gets it instead of the task, of which nobody will learn.
            _thrown = outcome.Exception;
            _ = Task.Exception;
        }

        _call.EndDelivery();
        Sharing = null;
        _first = null;
        _context = null;
        ForgetArguments();
    }

    /// <summary>The rest of a call, for a callback that takes one object.</summary>
    private sealed class Continuation(CallExecution<T> execution, AttemptOutcome<T> first)
    {
        public Task RunAsync() => execution.RunAsync(first);
    }
}

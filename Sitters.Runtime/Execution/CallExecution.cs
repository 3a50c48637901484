using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Execution;

/// <summary>
/// One call from beginning to end, in the order of the contract: wait while paused, startup hooks, attempts with retries, all of
/// that again after a restart, the hooks of the end, and then the caller gets the outcome. <see cref="FastPath"/> is the same for a call
/// that completes without suspending.
/// </summary>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal abstract partial class CallExecution<T> : Call, ISharedExecution, ICallBody<T>, ICallerTokens
{
    private ExecutionContext? _context;
    private ExecutionExtras? _extras;
    private Promise<T> _promise;
    private T? _result;

    protected CallExecution(Plan plan, bool isShared)
        : base(plan, isShared) => BeginDriving();

    protected CallExecution(Scope scope, long startedAt)
        : base(scope, startedAt)
    {
        // Its first, synchronous stretch runs, and may be all there is.
    }

    /// <summary>The caller's task.</summary>
    public Task<T> Task => _extras is { Source: { } source } ? source.Task : _promise.Task;

    /// <summary>The callers that share a cached method's call; null for a call with one caller.</summary>
    public ISharedCall<T>? Sharing
    {
        get => _extras?.Sharing;
        set => Extras.Sharing = value;
    }

    /// <summary>Made when it is needed: most calls end with their first attempt, and well.</summary>
    private AttemptRunner<T> Attempts => Extras.Attempts ??= new AttemptRunner<T>(this, this, StartContext.None);

    private ExecutionExtras Extras => _extras ??= new ExecutionExtras();

    /// <summary>Where attempts and hooks start.</summary>
    private StartContext StartContext => _extras?.Attempts?.StartContext ?? StartContext.None;

    object? ISharedExecution.Sharing => Sharing;

    public int CallerTokenCount => Plan.TokenCount;

    public override Task Delivery => Task;

    protected override object? Outcome => typeof(T) == typeof(VoidResult) ? null : _result;

    protected override bool IsHandedOver => Task.IsCompleted && Sharing is null or { IsDelivered: true };

    /// <summary>Runs the call from its beginning.</summary>
    public CallExecution<T> Start()
    {
        NoteStart(Environment.CurrentManagedThreadId);
        _ = RunAsync(null);
        NoteStart(0);
        return this;
    }

    /// <summary>Continues the call from its first attempt, whose body has returned its task; the call is registered by now.</summary>
    /// <param name="scope">The attempt.</param>
    /// <param name="body">Its task.</param>
    /// <param name="threw">It was made of what the body threw before it returned.</param>
    public CallExecution<T> Continue(Scope scope, Task? body, bool threw)
    {
        BeginDriving();
        NoteStart(Environment.CurrentManagedThreadId);
        if (threw)
        {
            Attempts.BodyThrew = true;
        }

        PauseHooks.UseIn(this, this, StartContext);
        StartTimeout(StartStamp);
        WaitForFirst(scope, body ?? AttemptRunner<T>.NullTask(Plan));
        NoteStart(0);
        return this;
    }

    /// <summary>The call is over, and the caller that has made it gets the exception instead of the task.</summary>
    public bool HasThrown => _extras is { Thrown: not null };

    /// <summary>For the caller that has made the call, right after it has started.</summary>
    /// <returns>Its task.</returns>
    /// <exception cref="Exception">The call is over: its body threw before it returned, and nothing had to be awaited.</exception>
    public Task<T> ReturnTask()
    {
        if (_extras is { Thrown: { } thrown })
        {
            ExceptionDispatchInfo.Throw(thrown);
        }

        return Task;
    }

    /// <summary>The call has ended: its context may be kept for long, and is not to keep the arguments.</summary>
    protected abstract void ForgetArguments();

    public abstract Task? Invoke(Frame frame);

    public abstract T ResultOf(Task task);

    public abstract object? RetryMember();

    public abstract ValueTask Hook(int id, SitContext context);

    public abstract CancellationToken CallerToken(int index);

    ValueTask<AttemptOutcome<T>> ICallBody<T>.EndAttempt(Scope scope, Task body, bool hasEnded, CancellationToken token) =>
        new(Attempts.End(scope, body, hasEnded, token));

    /// <param name="first">The outcome of the first attempt, if it has run already.</param>
    private async Task RunAsync(AttemptOutcome<T>? first)
    {
        var tokens = default(CallerTokens);
        try
        {
            if (first is null)
            {
                BeginTelling();
                var turn = TakeObserversTurn();
                Register(null);
                PauseHooks.UseIn(this, this, StartContext);
                tokens = Attempts.Listen(this);
                StartTimeout(StartStamp);
                await Observe(static (observer, call) => observer.Started(call), turn).ConfigureAwait(false);
            }

            AttemptOutcome<T> outcome;
            while (true)
            {
                outcome = (first is null ? await Attempts.RunStartupHooks().ConfigureAwait(false) : null)
                    ?? await Attempts.RunAttempts(first).ConfigureAwait(false);
                StopTimeout();
                if (!await Attempts.TryRestart(outcome).ConfigureAwait(false))
                {
                    break;
                }

                first = null;
                RestartTimeout();
            }

            _result = outcome.Result;
            var end = CallEnd.Decide(this, outcome);
            outcome = end.ForCaller(this, outcome, Attempts.LastFailure);
            await Hooks.RunOfEnd(this, this, end.Hooks, StartContext).ConfigureAwait(false);
            Deliver(end, outcome);
        }
        catch (Exception defect)
        {
            // No exception of the user's gets here; but if the code above has a defect, the caller learns of it.
            Deliver(CallEnd.Failed(this, defect), AttemptOutcome<T>.Failed(defect));
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
            Report(failure);
        }

        BeginDelivery();
        HandOver(outcome);
    }

    /// <summary>The caller gets the outcome.</summary>
    private void HandOver(AttemptOutcome<T> outcome)
    {
        using (FrameExit.Begin())
        {
            // The caller's continuation may run right here.
            if (_extras is { Source: { } source })
            {
                Promise<T>.Set(source, outcome);
            }
            else
            {
                _promise.Set(outcome);
            }
        }

        if (_extras is { Attempts.BodyThrew: true } extras && extras.StartingThread == Environment.CurrentManagedThreadId)
        {
            // The caller gets it instead of the task, of which nobody will learn.
            extras.Thrown = outcome.Exception;
            _ = Task.Exception;
        }

        EndDelivery();
        if (_extras is not null)
        {
            _extras.Sharing = null;
        }

        _context = null;
        ForgetArguments();
    }

    private void BeginDriving()
    {
        _context = ExecutionContext.Capture();
        if (Plan.IsAsync)
        {
            _promise = Promise<T>.Create();
        }
        else
        {
            Extras.Source = new TaskCompletionSource<T>();
        }

        if (StartContext.Capture() is var start && start != StartContext.None)
        {
            Extras.Attempts = new AttemptRunner<T>(this, this, start);
        }

        MarkDriven();
    }

    private void NoteStart(int thread)
    {
        if (_extras is { } extras)
        {
            extras.StartingThread = thread;
        }
    }

    /// <summary>What few calls need.</summary>
    private sealed class ExecutionExtras
    {
        /// <summary>The caller's task, for a body that is not async.</summary>
        public TaskCompletionSource<T>? Source { get; set; }

        /// <summary>See <see cref="CallExecution{T}.Attempts"/>.</summary>
        public AttemptRunner<T>? Attempts { get; set; }

        /// <summary>See <see cref="CallExecution{T}.Sharing"/>.</summary>
        public ISharedCall<T>? Sharing { get; set; }

        /// <summary>The thread that makes the call and has not returned to its code; 0 otherwise.</summary>
        public int StartingThread { get; set; }

        /// <summary>What the body threw before it returned, if nothing was awaited until the call was over. Of the thread above.</summary>
        public Exception? Thrown { get; set; }
    }

    /// <summary>The rest of a call, for a callback that takes one object.</summary>
    private sealed class Continuation(CallExecution<T> execution, AttemptOutcome<T> first)
    {
        public Task RunAsync() => execution.RunAsync(first);
    }
}

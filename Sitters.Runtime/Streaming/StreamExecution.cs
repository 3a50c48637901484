using System.Diagnostics;
using System.Threading.Tasks.Sources;
using Sitters.Runtime.Calls;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Streaming;

/// <summary>
/// One enumeration of an async stream: a call whose result comes element by element. The call lasts as long as the enumeration, also
/// while the consumer works on an element; the code of both runs in turn, never at the same time.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[StackTraceHidden]
internal abstract partial class StreamExecution<T> : Call, ICallBody<bool>, ICallerTokens, IValueTaskSource<bool>
{
    private readonly CancellationToken _consumersToken;
    private readonly AttemptRunner<bool> _attemptRunner;
    private ExecutionContext? _context = ExecutionContext.Capture();
    private readonly StreamTurn _turn = new();
    private readonly StreamConsumer _consumer;
    private readonly object _lock = new();

    /// <summary>The attempts that have no first element yet. Guarded by the lock.</summary>
    private readonly List<OpenStream<T>> _attempts = [];

    // Guarded by the turn: written only by the thread that has taken it, and visible to the next one that takes it.
    private ManualResetValueTaskSourceCore<bool> _step;
    private Promise<VoidResult>? _disposal;
    private CallerTokens _tokens;
    private bool _hasBegun;

    /// <summary>
    /// The attempt that has given the first element, and gives the others. Set under the lock, cleared by the holder of the turn, and
    /// read by any thread.
    /// </summary>
    private OpenStream<T>? _open;

    protected StreamExecution(Plan plan, CancellationToken consumersToken)
        : base(plan)
    {
        _consumersToken = consumersToken;
        _attemptRunner = new AttemptRunner<bool>(this, this, StartContext.Capture());
        _consumer = new StreamConsumer(this);
        IsStream = true;
        MarkDriven();
    }

    public T Current => _open is { } open ? open.Current : default!;

    public bool IsOver => _turn.IsOver && _open is null;

    /// <summary>The tokens that were passed to the method, then the one that the consumer passed to its enumerable.</summary>
    public int CallerTokenCount => Plan.TokenCount + (Plan.TakesEnumeratorToken ? 1 : 0);

    /// <summary>The consumer has its answer; if the stream ended alone, it need not have asked.</summary>
    protected override bool IsHandedOver => _turn.IsOver
        && (_disposal is { } disposal ? disposal.Task.IsCompleted : _step.GetStatus(_step.Version) != ValueTaskSourceStatus.Pending);

    public override Task? Delivery => _disposal?.Task;

    private StartContext StartContext => _attemptRunner.StartContext;

    public CancellationToken CallerToken(int index) => index < Plan.TokenCount ? ArgumentToken(index) : _consumersToken;

    public ValueTask<bool> MoveNextAsync()
    {
        var isFree = _turn.TryTake();
        if (!isFree && _turn.IsStreamsTurn)
        {
            throw new InvalidOperationException($"The next element of {Plan.Name} is asked for while the one before is still awaited.");
        }

        if (IsOver)
        {
            return Interlocked.Exchange(ref _outcome, null) is { } outcome ? ValueTask.FromException<bool>(outcome) : default;
        }

        _step.Reset();
        _ = isFree ? Advance() : AnswerLateConsumer();
        var version = _step.Version;
        return _step.GetStatus(version) == ValueTaskSourceStatus.Succeeded
            ? new ValueTask<bool>(_step.GetResult(version))
            : new ValueTask<bool>(this, version);
    }

    /// <summary>The consumer wants no more. It gets an exception only if the stream's own cleanup fails.</summary>
    public ValueTask DisposeAsync()
    {
        var isFree = _turn.TryTake();
        if (!isFree && _turn.IsStreamsTurn)
        {
            // As the compiler's own iterators do.
            throw new NotSupportedException($"{Plan.Name} can't be disposed of while its next element is awaited.");
        }

        if (IsOver)
        {
            return default;
        }

        var disposal = Promise<VoidResult>.Create();
        _disposal = disposal;
        _ = isFree ? Advance() : AnswerLateConsumer();
        return new ValueTask(disposal.Task);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _step.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _step.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        // Where it refuses, the consumer goes on elsewhere: nobody else has the element that it waits for.
        var entered = (flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0 ? GuardedContext.Enter() : null;
        try
        {
            _step.OnCompleted(continuation, state, token, flags);
        }
        finally
        {
            GuardedContext.Leave(entered);
        }
    }

    public abstract Scope? FirstScope { get; }

    /// <summary>A token that the caller passed to the method.</summary>
    protected abstract CancellationToken ArgumentToken(int index);

    /// <summary>Calls the method's own body, and begins to enumerate what it returns.</summary>
    /// <returns>Null if the body returned null.</returns>
    protected abstract IAsyncEnumerator<T>? Open(Frame frame, CancellationToken token);

    /// <summary>The call has ended: its context may be kept for long, and is not to keep the arguments.</summary>
    protected abstract void ForgetArguments();

    public abstract ValueTask Hook(int id, SitContext context);

    public abstract object? RetryMember();

    /// <summary>The grace is over, for the cleanup or for the consumer to come back with its element.</summary>
    public override void GiveUp(Scope scope)
    {
        if (scope != _open?.Scope || !TryEndAlone(Interrupted))
        {
            scope.Tree.EnsureWait().GiveUp();
        }
    }

    private void HandOut(Scope scope)
    {
        if (scope.IsInterrupted)
        {
            // The interrupt came too late for this element; the consumer meets it when it asks for the next.
            StartGrace(scope);
        }

        // The frame of the consumer's method may end now, and be reused for another.
        scope.Parent = scope.Parent?.Scope;
        _turn.GiveBack();
        _consumer.Exit(hasElement: true);
        using (FrameExit.Begin())
        {
            _step.SetResult(true);
        }

        if (_isAbandoned)
        {
            Abandon();
        }
    }

    /// <summary>The call has ended, and the consumer gets the outcome, now or when it comes back.</summary>
    private void OnEnded(Exception? failure)
    {
        _tokens.Dispose();
        if (_turn.IsEndingAlone)
        {
            _outcome = failure;
            return;
        }

        _turn.End();
        _consumer.Exit(hasElement: false);
        Answer(_disposal is null || State == SitState.Failed ? failure : null);
    }

    private void Answer(Exception? failure)
    {
        switch (_disposal, failure)
        {
            case ({ } disposal, null):
                disposal.Complete(default);
                break;
            case ({ } disposal, _):
                disposal.Fail(failure);
                break;
            case (null, null):
                _step.SetResult(false);
                break;
            default:
                _step.SetException(failure);
                break;
        }
    }
}

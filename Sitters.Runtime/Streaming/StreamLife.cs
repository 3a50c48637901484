using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace Sitters.Runtime;

/// <summary>
/// The life of one enumeration of a sat async stream: a call whose result comes element by element. The call goes on as long as the
/// enumeration does, also while the consumer has an element in its hands; the code of both runs in turn, never at the same time.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal abstract class StreamLife<T>(Call call, CancellationToken consumersToken) : Life<bool>(call), IValueTaskSource<bool>
{
    private readonly StreamTurn _turn = new();
    private readonly StreamConsumer _consumer = new(call);
    private readonly List<OpenStream<T>> _attempts = [];
    private ManualResetValueTaskSourceCore<bool> _step;
    private Promise<Nothing>? _disposal;
    private CallerTokens _tokens;
    private Deadline? _grace;
    private bool _hasBegun;
    private bool _isAbandoned;

    /// <summary>The attempt that has given the first element, and gives the others.</summary>
    private OpenStream<T>? _open;

    /// <summary>What a consumer that comes after the end is still to be told.</summary>
    private Exception? _outcome;

    public T Current => _open is { } open ? open.Current : default!;

    public bool IsOver => _turn.IsOver && _open is null;

    /// <summary>The tokens that were passed to the method, then the one that the consumer passed to its enumerable.</summary>
    public override int CallerTokenCount => Plan.TokenCount + (Plan.TakesEnumeratorToken ? 1 : 0);

    protected override bool HasResult => false;

    public override CancellationToken CallerToken(int index) => index < Plan.TokenCount ? ArgumentToken(index) : consumersToken;

    public ValueTask<bool> MoveNextAsync()
    {
        var isFree = _turn.TryTake();
        if (!isFree && _turn.IsStreams)
        {
            throw new InvalidOperationException($"The next element of {Plan.Name} is asked for while the one before is still awaited.");
        }

        if (IsOver)
        {
            return Interlocked.Exchange(ref _outcome, null) is { } outcome ? ValueTask.FromException<bool>(outcome) : default;
        }

        _step.Reset();
        _ = isFree ? Advance() : ComeLate();
        var version = _step.Version;
        return _step.GetStatus(version) == ValueTaskSourceStatus.Succeeded
            ? new ValueTask<bool>(_step.GetResult(version))
            : new ValueTask<bool>(this, version);
    }

    /// <summary>The consumer wants no more. An outcome it is told only where the stream's own cleanup fails.</summary>
    public ValueTask DisposeAsync()
    {
        var isFree = _turn.TryTake();
        if (!isFree && _turn.IsStreams)
        {
            // As the iterators of the compiler do.
            throw new NotSupportedException($"{Plan.Name} can't be disposed of while its next element is awaited.");
        }

        if (IsOver)
        {
            return default;
        }

        var disposal = new Promise<Nothing>(isAsync: true);
        _disposal = disposal;
        _ = isFree ? Advance() : ComeLate();
        return new ValueTask(disposal.Task);
    }

    /// <summary>The consumer has gone without a word: the enumeration is over, and its <c>finally</c> never runs.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        _ = TryEndAlone(static _ => Ending<bool>.Of(false));
    }

    [StackTraceHidden]
    bool IValueTaskSource<bool>.GetResult(short token) => _step.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _step.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _step.OnCompleted(continuation, state, token, flags);

    /// <summary>A token that the caller passed to the method.</summary>
    protected abstract CancellationToken ArgumentToken(int index);

    /// <summary>Calls the method's own body, and begins to enumerate what it returns.</summary>
    /// <returns>Null where the body returned that.</returns>
    protected abstract IAsyncEnumerator<T>? Open(Frame frame, CancellationToken token);

    /// <summary>An attempt begins. It is over when there is a first element, or something else.</summary>
    protected override Task Invoke(Frame frame)
    {
        var elements = Open(frame, Plan.TakesEnumeratorToken ? Sat.Token(frame) : default)
            ?? throw new InvalidOperationException($"{Plan.Name} returned null instead of a stream.");
        lock (_attempts)
        {
            _attempts.Add(new OpenStream<T>(frame.Scope, elements));
        }

        return elements.MoveNextAsync().AsTask();
    }

    protected override bool ResultOf(Task task) => task is Task<bool> { Result: true };

    protected override async ValueTask<Ending<bool>> Conclude(Scope scope, Task body, bool hasEnded, CancellationToken token)
    {
        if (!hasEnded)
        {
            Start.LeftBehind();
        }

        scope.ForgetWait();
        var ending = Judge(scope, body, hasEnded, token);
        OpenStream<T>? attempt;
        lock (_attempts)
        {
            attempt = _attempts.Find(candidate => candidate.Scope == scope);
            _attempts.Remove(attempt!);

            // Only a pipeline that hedges, or is not content with an element, makes an attempt beside one that has its first.
            if (HasElement(ending) && _open is null)
            {
                _open = attempt;
            }
        }

        if (attempt is not null && attempt == _open)
        {
            return ending;
        }

        ending = attempt is null ? ending : await Close(attempt, ending, hasEnded ? null : body).ConfigureAwait(false);
        Call.Detach(scope);
        return ending;
    }

    protected override void Complete(bool result) => OnEnded(null);

    protected override void Fail(Exception exception, Task? origin) => OnEnded(exception);

    /// <summary>For cleaning up, or for the consumer to come back with its element.</summary>
    protected override void OnInterrupted(Scope scope)
    {
        Call.Stop(_grace);
        _grace = GiveGrace(() =>
        {
            if (scope != _open?.Scope || !TryEndAlone(Interrupted))
            {
                scope.EnsureWait().GiveUp();
            }
        });
    }

    private static bool HasElement(Ending<bool> ending) => ending is { Result: true, Exception: null, IsInterrupted: false };

    /// <summary>From where the consumer asks for an element, or for the end, to where it has that.</summary>
    private async Task Advance()
    {
        try
        {
            _consumer.Enter();
            var ending = _hasBegun ? await Next(_open!).ConfigureAwait(false) : await Begin().ConfigureAwait(false);
            if (HasElement(ending))
            {
                HandOut(_open!.Scope);
            }
            else
            {
                _open = null;
                StopClock();
                await Finish(ending).ConfigureAwait(false);
            }
        }
        catch (Exception defect)
        {
            // As in every call's life: should there be a defect, the caller is told.
            Leave(SitState.Failed);
            Tell(SitState.Failed, SitInterrupt.None, Ending<bool>.Failed(defect));
        }
    }

    /// <summary>Up to the first element: until that is handed out, the call can be retried and restarted.</summary>
    private async ValueTask<Ending<bool>> Begin()
    {
        _hasBegun = true;
        Call.Join(null);
        UsePauseHooks();
        _tokens = CallerTokens.Register(Call, this);
        StartClock(Call.StartStamp);
        var ending = await First().ConfigureAwait(false);
        while (await StartsAgain(ending).ConfigureAwait(false))
        {
            StopClock();
            StartAnew();
            ending = await First().ConfigureAwait(false);
        }

        return ending;
    }

    private async ValueTask<Ending<bool>> First()
    {
        var ending = await FromStart(null).ConfigureAwait(false);
        if (!HasElement(ending) || Call.TryHandOut())
        {
            return ending;
        }

        var open = _open!;
        _open = null;
        return await End(open, Ending<bool>.Interrupted(), null).ConfigureAwait(false);
    }

    /// <summary>One element more, or the end.</summary>
    private async ValueTask<Ending<bool>> Next(OpenStream<T> open)
    {
        if (!Call.WhenReleased().IsCompleted)
        {
            var context = StartContext.Capture();
            await WhenReleased().ConfigureAwait(false);
            await context.Switch(isFirst: true);
        }

        var scope = open.Scope;
        if (scope.IsInterrupted)
        {
            OnInterrupted(scope);
            return await End(open, Interrupted(scope), null).ConfigureAwait(false);
        }

        if (_disposal is not null)
        {
            return await End(open, Ending<bool>.Of(false), null).ConfigureAwait(false);
        }

        scope.StartedAt = Clock.Now;
        var step = open.MoveNext();
        var deadline = step.IsCompleted ? null : StartAttemptClock(scope);
        var hasEnded = await Wait(scope, step, Plan.IsAsync).ConfigureAwait(false);
        Call.Stop(deadline);
        scope.ForgetWait();
        var ending = Judge(scope, step, hasEnded, CancellationToken.None);
        return HasElement(ending) ? ending : await End(open, ending, hasEnded ? null : step).ConfigureAwait(false);
    }

    /// <summary>What an interrupt makes of a stream that it met between two elements.</summary>
    private Ending<bool> Interrupted(Scope scope) => Judge(scope, System.Threading.Tasks.Task.CompletedTask, hasEnded: false, CancellationToken.None);

    private async ValueTask<Ending<bool>> End(OpenStream<T> open, Ending<bool> ending, Task? leftBehind)
    {
        ending = await Close(open, ending, leftBehind).ConfigureAwait(false);
        Call.Detach(open.Scope);
        return ending;
    }

    /// <summary>Disposes of what was enumerated: its <c>finally</c> blocks are over before the hooks run.</summary>
    private async ValueTask<Ending<bool>> Close(OpenStream<T> open, Ending<bool> ending, Task? leftBehind)
    {
        if (leftBehind is not null)
        {
            open.DisposeAfter(leftBehind);
            return ending;
        }

        var disposal = open.Dispose();
        var hasEnded = await Wait(open.Scope, disposal, Plan.IsAsync).ConfigureAwait(false);
        var cleanup = Judge(open.Scope, disposal, hasEnded, CancellationToken.None);
        var endsWell = ending is { Exception: null, IsInterrupted: false };
        return endsWell || cleanup is { Exception: not null, IsInterrupted: false } ? cleanup : ending;
    }

    private void HandOut(Scope scope)
    {
        if (scope.IsInterrupted)
        {
            // It came too late for this element; the consumer meets it when it comes for the next.
            OnInterrupted(scope);
        }

        _turn.GiveBack();
        _consumer.Exit(hasElement: true);
        var slot = ThreadSlot.Mine;
        var current = slot.Current;
        slot.Current = null;
        _step.SetResult(true);
        slot.Current = current;
        if (_isAbandoned)
        {
            Abandon();
        }
    }

    /// <summary>The call has ended, and the consumer is told, who may be elsewhere.</summary>
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
        if (_disposal is not null)
        {
            Dispose(Call.State == SitState.Failed ? failure : null);
        }
        else
        {
            Step(failure);
        }
    }

    private void Step(Exception? failure)
    {
        if (failure is null)
        {
            _step.SetResult(false);
        }
        else
        {
            _step.SetException(failure);
        }
    }

    private void Dispose(Exception? failure)
    {
        var disposal = _disposal!.Value;
        if (failure is null)
        {
            disposal.Complete(default);
        }
        else
        {
            disposal.Fail(failure, null);
        }
    }

    /// <summary>Ends the call while its consumer has an element in its hands: what is left of the stream waits for it to come back.</summary>
    private bool TryEndAlone(Func<Scope, Ending<bool>> judge)
    {
        var mayEnd = _turn.TryEndAlone();
        if (mayEnd)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static end => _ = end.Life.EndAlone(end.Judge), (Life: this, Judge: judge), preferLocal: false);
        }

        return mayEnd;
    }

    private async Task EndAlone(Func<Scope, Ending<bool>> judge)
    {
        var scope = _open!.Scope;
        Call.Detach(scope);
        StopClock();
        await Finish(judge(scope)).ConfigureAwait(false);
        _turn.End();
    }

    /// <summary>The consumer comes back after the call has ended: what is left of the stream is disposed of as a matter of the consumer's own.</summary>
    private async Task ComeLate()
    {
        await _turn.WhenEndedAlone.ConfigureAwait(false);
        var outcome = _disposal is null ? Interlocked.Exchange(ref _outcome, null) : null;
        try
        {
            if (Interlocked.Exchange(ref _open, null) is { } open)
            {
                await open.DisposeLate().ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            outcome ??= failure;
        }

        if (_disposal is null)
        {
            Step(outcome);
        }
        else
        {
            Dispose(outcome);
        }
    }
}

using Sitters.Runtime.Calls;
using Sitters.Runtime.CompilerServices;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Retrying;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Streaming;

// From one element to the next, and to the end.
internal abstract partial class StreamExecution<T>
{
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
            var ending = AttemptOutcome<bool>.Failed(defect);
            Close(SitState.Failed, ending);
            Leave(SitState.Failed);
            SetCallerResult(SitState.Failed, SitInterrupt.None, ending);
        }
    }

    /// <summary>Up to the first element: until that is handed out, the call can be retried and restarted.</summary>
    private async ValueTask<AttemptOutcome<bool>> Begin()
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

    private async ValueTask<AttemptOutcome<bool>> First()
    {
        var ending = await FromStart(null).ConfigureAwait(false);
        if (!HasElement(ending) || Call.TryHandOut())
        {
            return ending;
        }

        var open = _open!;
        _open = null;
        return await End(open, AttemptOutcome<bool>.Interrupted(), null).ConfigureAwait(false);
    }

    /// <summary>One element more, or the end.</summary>
    private async ValueTask<AttemptOutcome<bool>> Next(OpenStream<T> open)
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
            return await End(open, AttemptOutcome<bool>.Of(false), null).ConfigureAwait(false);
        }

        scope.StartedAt = Clock.Now;
        var step = open.MoveNext();
        var deadline = step.IsCompleted ? null : StartAttemptClock(scope);
        var hasEnded = await Wait(scope, step, Plan.IsAsync, Start).ConfigureAwait(false);
        Call.Stop(deadline);
        scope.ForgetWait();
        var ending = Evaluate(scope, step, hasEnded, CancellationToken.None);
        return HasElement(ending) ? ending : await End(open, ending, hasEnded ? null : step).ConfigureAwait(false);
    }

    /// <summary>What an interrupt makes of a stream that it met between two elements.</summary>
    private AttemptOutcome<bool> Interrupted(Scope scope) => Evaluate(scope, System.Threading.Tasks.Task.CompletedTask, hasEnded: false, CancellationToken.None);

    private async ValueTask<AttemptOutcome<bool>> End(OpenStream<T> open, AttemptOutcome<bool> ending, Task? leftBehind)
    {
        ending = await Close(open, ending, leftBehind).ConfigureAwait(false);
        Call.Detach(open.Scope);
        return ending;
    }

    /// <summary>Disposes of what was enumerated: its <c>finally</c> blocks are over before the hooks run.</summary>
    private async ValueTask<AttemptOutcome<bool>> Close(OpenStream<T> open, AttemptOutcome<bool> ending, Task? leftBehind)
    {
        if (leftBehind is not null)
        {
            open.DisposeAfter(leftBehind);
            return ending;
        }

        var disposal = open.Dispose();
        var hasEnded = await Wait(open.Scope, disposal, Plan.IsAsync, Start).ConfigureAwait(false);
        var cleanup = Evaluate(open.Scope, disposal, hasEnded, CancellationToken.None);
        var endsWell = ending is { Exception: null, IsInterrupted: false };
        return endsWell || cleanup is { Exception: not null, IsInterrupted: false } ? cleanup : ending;
    }

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

    protected override async ValueTask<AttemptOutcome<bool>> Conclude(Scope scope, Task body, bool hasEnded, CancellationToken token)
    {
        if (!hasEnded)
        {
            Start.LeftBehind();
        }

        scope.ForgetWait();
        var ending = Evaluate(scope, body, hasEnded, token);
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

    private static bool HasElement(AttemptOutcome<bool> ending) => ending is { Result: true, Exception: null, IsInterrupted: false };
}

using Sitters.Runtime.Calls;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Streaming;

// From one element to the next, and to the end.
internal abstract partial class StreamExecution<T>
{
    /// <summary>From the consumer's request for an element, or for the end, to the answer.</summary>
    private async Task Advance()
    {
        try
        {
            // The consumer may be interrupted already: observers learn of the beginning first.
            var turn = _hasBegun ? null : TakeObserversTurn();
            _consumer.Enter();
            var outcome = _hasBegun ? await NextElement(_open!).ConfigureAwait(false) : await Begin(turn).ConfigureAwait(false);
            if (HasElement(outcome))
            {
                HandOut(_open!.Scope);
            }
            else
            {
                _open = null;
                StopTimeout();
                await Finish(outcome).ConfigureAwait(false);
            }
        }
        catch (Exception defect)
        {
            // As in every call: if there is a defect, the consumer learns of it.
            CallEnd.Failed(this, defect);
            Deliver(AttemptOutcome<bool>.Failed(defect));
        }
    }

    private async ValueTask Finish(AttemptOutcome<bool> outcome)
    {
        var end = CallEnd.Decide(this, outcome);
        outcome = end.ForCaller(this, outcome, _attemptRunner.LastFailure);
        await Hooks.RunOfEnd(this, this, end.Hooks, StartContext).ConfigureAwait(false);
        Deliver(outcome);
    }

    private void Deliver(AttemptOutcome<bool> outcome)
    {
        BeginDelivery();
        using (FrameExit.Begin())
        {
            OnEnded(outcome.Exception);
        }

        EndDelivery();
        _context = null;
        ForgetArguments();
    }

    /// <summary>Up to the first element: until that is handed out, the call can be retried and restarted.</summary>
    private async ValueTask<AttemptOutcome<bool>> Begin(ObserversTurn? turn)
    {
        _hasBegun = true;
        BeginTelling();
        Register(null);
        PauseHooks.UseIn(this, this, StartContext);
        _tokens = _attemptRunner.Listen(this);
        StartTimeout(StartStamp);
        await Observe(static (observer, call) => observer.Started(call), turn).ConfigureAwait(false);
        var outcome = await First().ConfigureAwait(false);
        while (await _attemptRunner.TryRestart(outcome).ConfigureAwait(false))
        {
            RestartTimeout();
            outcome = await First().ConfigureAwait(false);
        }

        return outcome;
    }

    private async ValueTask<AttemptOutcome<bool>> First()
    {
        var outcome = await _attemptRunner.RunStartupHooks().ConfigureAwait(false)
            ?? await _attemptRunner.RunAttempts(null).ConfigureAwait(false);
        if (!HasElement(outcome) || TryHandOut())
        {
            return outcome;
        }

        var open = _open!;
        _open = null;
        return await End(open, AttemptOutcome<bool>.Interrupted(), null).ConfigureAwait(false);
    }

    /// <summary>The next element, or the end.</summary>
    private async ValueTask<AttemptOutcome<bool>> NextElement(OpenStream<T> open)
    {
        if (!WhenReleased().IsCompleted)
        {
            var context = StartContext.Capture();
            await WaitWhilePaused().ConfigureAwait(false);
            await context.Switch();
        }

        var scope = open.Scope;
        if (scope.IsInterrupted)
        {
            StartGrace(scope);
            return await End(open, Interrupted(scope), null).ConfigureAwait(false);
        }

        if (_disposal is not null)
        {
            return await End(open, AttemptOutcome<bool>.Of(false), null).ConfigureAwait(false);
        }

        scope.StartStamp = Now;
        var step = open.MoveNext();
        if (!step.IsCompleted)
        {
            StartAttemptTimeout(scope);
        }

        var hasEnded = await ScopeWait.For(scope, step, Plan.IsAsync, StartContext).ConfigureAwait(false);
        StopAttemptTimeout(scope);
        scope.Tree.ForgetWait();
        var outcome = _attemptRunner.Evaluate(scope, step, hasEnded, CancellationToken.None);
        if (HasElement(outcome))
        {
            return outcome;
        }

        await StartContext.SwitchUnlessLeft();
        return await End(open, outcome, hasEnded ? null : step).ConfigureAwait(false);
    }

    /// <summary>The outcome of a stream that was interrupted between two elements.</summary>
    private AttemptOutcome<bool> Interrupted(Scope scope) =>
        _attemptRunner.Evaluate(scope, Task.CompletedTask, hasEnded: false, CancellationToken.None);

    private async ValueTask<AttemptOutcome<bool>> End(OpenStream<T> open, AttemptOutcome<bool> outcome, Task? leftBehind)
    {
        outcome = await Close(open, outcome, leftBehind).ConfigureAwait(false);
        Detach(open.Scope);
        return outcome;
    }

    /// <summary>Disposes of the enumeration: its <c>finally</c> blocks have ended before the hooks run.</summary>
    private async ValueTask<AttemptOutcome<bool>> Close(OpenStream<T> open, AttemptOutcome<bool> outcome, Task? leftBehind)
    {
        if (leftBehind is not null)
        {
            _ = open.DisposeAfter(leftBehind, StartContext);
            return outcome;
        }

        var disposal = open.Dispose();
        var hasEnded = await ScopeWait.For(open.Scope, disposal, Plan.IsAsync, StartContext).ConfigureAwait(false);
        var cleanup = _attemptRunner.Evaluate(open.Scope, disposal, hasEnded, CancellationToken.None);
        var endsWell = outcome is { Exception: null, IsInterrupted: false };
        return endsWell || cleanup is { Exception: not null, IsInterrupted: false } ? cleanup : outcome;
    }

    /// <summary>Begins an attempt, which is over when there is a first element or another outcome.</summary>
    public Task? Invoke(Frame frame)
    {
        var elements = Open(frame, Plan.TakesEnumeratorToken ? frame.Scope.Token : default)
            ?? throw new InvalidOperationException($"{Plan.Name} returned null instead of a stream.");
        lock (_lock)
        {
            _attempts.Add(new OpenStream<T>(this, frame.Scope, elements));
        }

        return elements.MoveNextAsync().AsTask();
    }

    public bool ResultOf(Task task) => task is Task<bool> { Result: true };

    async ValueTask<AttemptOutcome<bool>> ICallBody<bool>.EndAttempt(Scope scope, Task body, bool hasEnded, CancellationToken token)
    {
        scope.Tree.ForgetWait();
        var outcome = _attemptRunner.Evaluate(scope, body, hasEnded, token);
        OpenStream<T>? attempt;
        lock (_lock)
        {
            attempt = _attempts.Find(candidate => candidate.Scope == scope);
            _attempts.Remove(attempt!);

            // Only a pipeline that hedges, or that rejects an element, runs an attempt beside one that has its first element.
            if (HasElement(outcome) && _open is null)
            {
                _open = attempt;
            }
        }

        if (attempt is not null && attempt == _open)
        {
            return outcome;
        }

        await StartContext.SwitchUnlessLeft();
        outcome = attempt is null ? outcome : await Close(attempt, outcome, hasEnded ? null : body).ConfigureAwait(false);
        Detach(scope);
        return outcome;
    }

    private static bool HasElement(AttemptOutcome<bool> outcome) => outcome is { Result: true, Exception: null, IsInterrupted: false };
}

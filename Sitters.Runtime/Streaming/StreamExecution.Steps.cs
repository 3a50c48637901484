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
            var turn = _hasBegun ? null : _call.TakeObserversTurn();
            _consumer.Enter();
            var outcome = _hasBegun ? await Next(_open!).ConfigureAwait(false) : await Begin(turn).ConfigureAwait(false);
            if (HasElement(outcome))
            {
                HandOut(_open!.Scope);
            }
            else
            {
                _open = null;
                _call.StopTimeout();
                await Finish(outcome).ConfigureAwait(false);
            }
        }
        catch (Exception defect)
        {
            // As in every call: if there is a defect, the consumer learns of it.
            CallEnd.Failed(_call, defect);
            Deliver(AttemptOutcome<bool>.Failed(defect));
        }
    }

    private async ValueTask Finish(AttemptOutcome<bool> outcome)
    {
        var end = CallEnd.Decide(_call, outcome);
        outcome = end.ForCaller(_call, outcome, _attemptRunner.LastFailure);
        await Hooks.RunOfEnd(_call, this, end.Hooks, StartContext).ConfigureAwait(false);
        Deliver(outcome);
    }

    private void Deliver(AttemptOutcome<bool> outcome)
    {
        _call.BeginDelivery();
        using (FrameExit.Begin())
        {
            OnEnded(outcome.Exception);
        }

        _call.EndDelivery();
        _context = null;
        ForgetArguments();
    }

    /// <summary>Up to the first element: until that is handed out, the call can be retried and restarted.</summary>
    private async ValueTask<AttemptOutcome<bool>> Begin(ObserversTurn? turn)
    {
        _hasBegun = true;
        _call.BeginTelling();
        _call.Register(null);
        PauseHooks.UseIn(_call, this, StartContext);
        _tokens = _attemptRunner.Listen(this);
        _call.StartTimeout(_call.StartStamp);
        await _call.Observe(static (observer, call) => observer.Started(call), turn).ConfigureAwait(false);
        var outcome = await First().ConfigureAwait(false);
        while (await _attemptRunner.TryRestart(outcome).ConfigureAwait(false))
        {
            _call.RestartTimeout();
            outcome = await First().ConfigureAwait(false);
        }

        return outcome;
    }

    private async ValueTask<AttemptOutcome<bool>> First()
    {
        var outcome = await _attemptRunner.RunStartupHooks().ConfigureAwait(false)
            ?? await _attemptRunner.RunAttempts(null).ConfigureAwait(false);
        if (!HasElement(outcome) || _call.TryHandOut())
        {
            return outcome;
        }

        var open = _open!;
        _open = null;
        return await End(open, AttemptOutcome<bool>.Interrupted(), null).ConfigureAwait(false);
    }

    /// <summary>The next element, or the end.</summary>
    private async ValueTask<AttemptOutcome<bool>> Next(OpenStream<T> open)
    {
        if (!_call.WhenReleased().IsCompleted)
        {
            var context = StartContext.Capture();
            await _call.WaitWhilePaused().ConfigureAwait(false);
            await context.Switch();
        }

        var scope = open.Scope;
        if (scope.IsInterrupted)
        {
            _call.StartGrace(scope);
            return await End(open, Interrupted(scope), null).ConfigureAwait(false);
        }

        if (_disposal is not null)
        {
            return await End(open, AttemptOutcome<bool>.Of(false), null).ConfigureAwait(false);
        }

        scope.StartStamp = _call.Now;
        var step = open.MoveNext();
        if (!step.IsCompleted)
        {
            _call.StartAttemptTimeout(scope);
        }

        var hasEnded = await ScopeWait.For(scope, step, Plan.IsAsync, StartContext).ConfigureAwait(false);
        _call.StopAttemptTimeout(scope);
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
        _call.Detach(open.Scope);
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
            _attempts.Add(new OpenStream<T>(_call, frame.Scope, elements));
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
        _call.Detach(scope);
        return outcome;
    }

    private static bool HasElement(AttemptOutcome<bool> outcome) => outcome is { Result: true, Exception: null, IsInterrupted: false };
}

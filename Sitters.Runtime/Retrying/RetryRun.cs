using System.Diagnostics;
using Polly;

namespace Sitters.Runtime.Retrying;

/// <summary>The attempts of one call, as a resilience pipeline asks for them.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class RetryRun<T>(
    IRetriedCall call,
    bool hidesRetries,
    Func<int, CancellationToken, ValueTask<AttemptOutcome<T>>> attempt,
    AttemptOutcome<T>? first)
{
    private AttemptOutcome<T>? _first = first;
    private AttemptOutcome<T> _last;
    private int _count;

    public async ValueTask<Outcome<T>> Next(ResilienceContext context)
    {
        var number = Interlocked.Increment(ref _count);
        if (_first is { } done)
        {
            _first = null;
            _last = done;
        }
        else
        {
            if (number > 1 && hidesRetries)
            {
                // A pipeline built by the user does not report its retries: the next attempt is the first sign of one.
                await call.OnRetry(null).ConfigureAwait(context.ContinueOnCapturedContext);
            }

            _last = await attempt(number, context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext);
        }

        return _last.ToOutcome(context.CancellationToken);
    }

    /// <summary>The outcome of the call: that of its last attempt, unless the pipeline has turned it into another.</summary>
    public AttemptOutcome<T> End(Outcome<T> outcome)
    {
        if (call.IsInterrupted && (_last.IsInterrupted || outcome.Exception is OperationCanceledException))
        {
            return AttemptOutcome<T>.Interrupted(_last.Exception);
        }

        if (outcome.Exception is null)
        {
            return AttemptOutcome<T>.Of(outcome.Result!);
        }

        return outcome.Exception == _last.Exception ? _last : AttemptOutcome<T>.Failed(outcome.Exception);
    }
}

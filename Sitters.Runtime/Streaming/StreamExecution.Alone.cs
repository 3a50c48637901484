using Sitters.Runtime.Gating;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Streaming;

// The end of a call whose consumer is elsewhere: it does not come back with its element, in time or ever.
internal abstract partial class StreamExecution<T>
{
    private bool _isAbandoned;

    /// <summary>What a consumer that comes after the end is still to be told.</summary>
    private Exception? _outcome;

    /// <summary>The consumer has gone without a word: the enumeration is over, and its <c>finally</c> never runs.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        _ = TryEndAlone(static _ => AttemptOutcome<bool>.Of(false));
    }

    /// <summary>Ends the call while its consumer has an element in its hands: what is left of the stream waits for it to come back.</summary>
    private bool TryEndAlone(Func<Scope, AttemptOutcome<bool>> evaluate)
    {
        var mayEnd = _turn.TryEndAlone();
        if (mayEnd)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static end => _ = end.Execution.EndAlone(end.Evaluate), (Execution: this, Evaluate: evaluate), preferLocal: false);
        }

        return mayEnd;
    }

    private async Task EndAlone(Func<Scope, AttemptOutcome<bool>> evaluate)
    {
        // Hooks belong to the context in which the enumeration began.
        if (_context is not null)
        {
            ExecutionContext.Restore(_context);
        }

        var scope = _open!.Scope;
        _call.Detach(scope);
        _limits.StopCall(_call);
        try
        {
            await Finish(evaluate(scope)).ConfigureAwait(false);
        }
        finally
        {
            _turn.End();
        }
    }

    /// <summary>The consumer comes back after the call has ended: what is left of the stream is disposed of as a matter of the consumer's own.</summary>
    private async Task AnswerLateConsumer()
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

        Answer(outcome);
    }
}

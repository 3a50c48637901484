using Sitters.Runtime.Execution;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Streaming;

// The end of a call while its consumer works on an element, and does not come back in time or at all.
internal abstract partial class StreamExecution<T>
{
    /// <summary>Set by the finalizer of what the consumer held; read when the turn is given back.</summary>
    private volatile bool _isAbandoned;

    /// <summary>The failure to be thrown when the consumer comes back after the end. Exchanged, so that it is thrown once.</summary>
    private Exception? _outcome;

    /// <summary>The consumer has dropped the enumeration without disposing of it: it is over, and its <c>finally</c> never runs.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        if (!TryEndAlone(static _ => AttemptOutcome<bool>.Of(false)) && _turn.IsOver)
        {
            // It had ended alone before.
            Interlocked.Exchange(ref _open, null);
        }
    }

    /// <summary>Ends the call while its consumer works on an element: the rest of the stream waits for it to come back.</summary>
    private bool TryEndAlone(Func<Scope, AttemptOutcome<bool>> evaluate)
    {
        var mayEnd = _turn.TryEndAlone();
        if (mayEnd)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static end => _ = end.Call.EndAlone(end.Evaluate), (Call: this, Evaluate: evaluate), preferLocal: false);
        }

        return mayEnd;
    }

    private async Task EndAlone(Func<Scope, AttemptOutcome<bool>> evaluate)
    {
        // Hooks run in the context in which the enumeration began.
        if (_context is not null)
        {
            ExecutionContext.Restore(_context);
        }

        var scope = _open!.Scope;
        Detach(scope);
        StopTimeout();
        try
        {
            await Finish(evaluate(scope)).ConfigureAwait(false);
        }
        finally
        {
            _turn.End();
            if (_isAbandoned)
            {
                // Nobody comes back for the rest of the stream.
                Interlocked.Exchange(ref _open, null);
            }
        }
    }

    /// <summary>
    /// The consumer comes back after the call has ended: the rest of the stream is disposed of now, which concerns only the consumer.
    /// </summary>
    private async Task AnswerLateConsumer()
    {
        var consumer = StartContext.Capture();
        await _turn.WhenEndedAlone.ConfigureAwait(false);
        await consumer.Switch();
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

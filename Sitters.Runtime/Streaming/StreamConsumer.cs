using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Streaming;

/// <summary>The consumer of a stream, if it is code of a call: an interrupt reaches it after the stream that it waits for.</summary>
internal sealed class StreamConsumer(Call call)
{
    /// <summary>The scope in which the enumeration began; null if that was in the cleanup after an interrupt.</summary>
    private readonly Scope? _home = CurrentFrame.Find(ThreadSlot.Existing) is { IsDelivered: false } frame ? frame.Scope : null;

    /// <summary>Written only by whoever has the stream's turn.</summary>
    private InnerFrame? _waiting;

    /// <summary>The consumer begins to wait.</summary>
    public void Enter()
    {
        if (CurrentFrame.Find(ThreadSlot.Existing) is not { } frame)
        {
            return;
        }

        _waiting = new InnerFrame(frame, Interrupt, call);
        _waiting.Begin();
        if (frame.IsDelivered && frame.Scope == _home)
        {
            // The interrupt reached the consumer while it worked on an element; the enumeration is part of what is interrupted.
            Interrupt();
        }
    }

    /// <summary>The consumer no longer waits.</summary>
    /// <param name="hasElement">It gets what it waited for, and an interrupt, if there is one, reaches it later.</param>
    public void Exit(bool hasElement)
    {
        if (_waiting is not { } waiting)
        {
            return;
        }

        _waiting = null;
        if (hasElement)
        {
            waiting.ClearPhase();
        }

        waiting.Finish();
    }

    private void Interrupt() => call.Interrupt(SitInterrupt.Cancel, byOuterCall: true);
}

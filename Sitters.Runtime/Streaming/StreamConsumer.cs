using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Streaming;

/// <summary>The sat code that waits for a stream's next element, where it is such: interrupted, it is after the stream.</summary>
internal sealed class StreamConsumer(Call call)
{
    /// <summary>Where the enumeration began, unless it did in the cleanup after an interrupt.</summary>
    private readonly Scope? _home = CurrentFrame.Find(ThreadSlot.Existing) is { IsDelivered: false } frame ? frame.Scope : null;

    private InnerFrame? _waiting;

    /// <summary>It begins to wait.</summary>
    public void Enter()
    {
        if (CurrentFrame.Find(ThreadSlot.Existing) is not { } frame)
        {
            return;
        }

        _waiting = new InnerFrame(frame, Interrupt);
        _waiting.Begin();
        if (frame.IsDelivered && frame.Scope == _home)
        {
            // The interrupt came to it while it had an element in its hands; the enumeration was part of what is interrupted.
            Interrupt();
        }
    }

    /// <summary>It waits no longer.</summary>
    /// <param name="hasElement">It gets what it waited for, and the interrupt, where there is one, comes to it yet.</param>
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

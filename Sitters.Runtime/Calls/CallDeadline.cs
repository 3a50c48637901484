using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>The time limit of a whole call.</summary>
internal sealed class CallDeadline(Call call, DeadlineQueue queue, long startedAt) : Deadline(queue, startedAt)
{
    // Where the call was paused in the last moment, this does nothing, and the limit goes on when the call does.
    protected internal override void Expire() => call.Interrupt(SitInterrupt.Timeout);
}

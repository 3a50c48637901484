using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>The time limit of a whole call.</summary>
internal sealed class CallDeadline(Call call, DeadlineQueue queue, long startedAt) : Deadline(queue, startedAt)
{
    // Does nothing if the call was paused at the last moment; the limit continues when the call does.
    protected internal override void Expire() => call.Interrupt(SitInterrupt.Timeout);
}

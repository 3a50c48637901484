using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>The time limit of one attempt.</summary>
internal sealed class AttemptDeadline(Call call, Scope attempt, DeadlineQueue queue) : Deadline(queue, attempt.StartStamp)
{
    protected internal override void Expire() => call.OnAttemptTimeout(attempt);
}

using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>The time limit for the cleanup of an interrupted scope; after it, the caller gets the outcome anyway.</summary>
internal sealed class GraceDeadline(Call call, Scope scope) : Deadline(call.Plan.GraceDeadlines, Clock.Now)
{
    public Scope Scope => scope;

    protected internal override void Expire() => call.Execution?.GiveUp(scope);
}

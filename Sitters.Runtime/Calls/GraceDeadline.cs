using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>The time limit for the cleanup of an interrupted scope; after it, the caller gets the outcome anyway.</summary>
internal sealed class GraceDeadline(Call call, Scope scope) : Deadline(call.Plan.GraceDeadlines, Clock.Now)
{
    public Scope Scope => scope;

    protected internal override void Expire()
    {
        // What still settles is not yet in its cleanup: its grace begins after that.
        if (!scope.Tree.IsSettling)
        {
            call.Execution?.GiveUp(scope);
        }
    }
}

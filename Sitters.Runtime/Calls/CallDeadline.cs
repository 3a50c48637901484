using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Calls;

/// <summary>One of the time limits of a call.</summary>
/// <param name="call">The call.</param>
/// <param name="limit">What is limited.</param>
/// <param name="scope">The scope that is limited; null for the whole call.</param>
/// <param name="queue">The deadlines of the same limit and clock.</param>
/// <param name="startedAt">The start of the time that is limited, by the clock of the call.</param>
internal sealed class CallDeadline(Call call, TimeLimit limit, Scope? scope, DeadlineQueue queue, long startedAt)
    : Deadline(queue, startedAt)
{
    /// <summary>Whether it is that one.</summary>
    public bool Is(TimeLimit of, Scope? limited) => limit == of && scope == limited;

    protected internal override void Expire()
    {
        switch (limit)
        {
            case TimeLimit.Call:
                // Does nothing if the call was paused at the last moment; the limit continues when the call does.
                call.Interrupt(SitInterrupt.Timeout);
                break;
            case TimeLimit.Attempt:
                call.OnAttemptTimeout(scope!);
                break;
            case TimeLimit.Grace when !scope!.Tree.IsSettling:
                // What still settles is not yet in its cleanup: its grace begins after that.
                if (!scope.HasEnded)
                {
                    call.TellOverrun();
                    call.ObserveLater(static (observer, context) => observer.GraceOverrun(context));
                }

                call.GiveUp(scope);
                break;
        }
    }

    protected internal override void OnClockFailed(Exception failure) => call.ReportLater(failure);
}

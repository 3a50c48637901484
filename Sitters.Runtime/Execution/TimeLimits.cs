using Sitters.Runtime.Calls;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Time;

namespace Sitters.Runtime.Execution;

/// <summary>The time limits of a call, and of each attempt.</summary>
internal struct TimeLimits
{
    private Deadline? _ofCall;

    public void StartCall(Call call, long since)
    {
        if (call.Plan.Deadlines is { } queue)
        {
            _ofCall = call.Start(new CallDeadline(call, queue, since));
        }
    }

    public readonly void StopCall(Call call) => call.Stop(_ofCall);

    /// <returns>Null if attempts have no limit.</returns>
    public static Deadline? StartAttempt(Call call, Scope attempt) =>
        call.Plan.AttemptDeadlines is { } queue ? call.Start(new AttemptDeadline(call, attempt, queue)) : null;
}

using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Calls;

/// <summary>Runs the pause and resume hooks of a call, in parallel with it.</summary>
internal interface IPauseHooks
{
    /// <summary>Completes when all hooks queued so far have run.</summary>
    Task WhenDone { get; }

    /// <summary>Runs the hooks of an event after those queued before them.</summary>
    Task Queue(HookEvent hooks);
}

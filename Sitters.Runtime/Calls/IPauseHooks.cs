using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Calls;

/// <summary>Runs the hooks of pauses beside a call.</summary>
internal interface IPauseHooks
{
    /// <summary>Completes when all hooks that were asked for so far have run.</summary>
    Task WhenDone { get; }

    /// <summary>Runs the hooks of an event after those before them.</summary>
    Task Queue(HookEvent hooks);
}

namespace Sitters.Runtime;

/// <summary>What a hook is called for, in the order in which <see cref="PlanOptions"/> numbers the hooks.</summary>
internal enum HookEvent
{
    Startup,
    Completion,
    Exception,
    Timeout,
    Cancellation,
    Restart,
    Retry,
    Pause,
    Resume,
}

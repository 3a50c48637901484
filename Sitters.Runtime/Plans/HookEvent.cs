using System.ComponentModel;

namespace Sitters.Runtime.Plans;

/// <summary>What a hook is called for. Woven code contains the numbers: an event is added at the end, and none is ever removed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum HookEvent
{
    /// <summary>Before the first attempt: <see cref="SitAttribute.StartupHooks"/>.</summary>
    Startup,

    /// <summary>After the call completed: <see cref="SitAttribute.CompletionHooks"/>.</summary>
    Completion,

    /// <summary>After the call failed: <see cref="SitAttribute.ExceptionHooks"/>.</summary>
    Exception,

    /// <summary>After the call timed out: <see cref="SitAttribute.TimeoutHooks"/>.</summary>
    Timeout,

    /// <summary>After the call was cancelled: <see cref="SitAttribute.CancellationHooks"/>.</summary>
    Cancellation,

    /// <summary>Between the interrupted attempt and the new beginning: <see cref="SitAttribute.RestartHooks"/>.</summary>
    Restart,

    /// <summary>Before the wait for the next attempt: <see cref="SitAttribute.RetryHooks"/>.</summary>
    Retry,

    /// <summary>When the call is paused: <see cref="SitAttribute.PauseHooks"/>.</summary>
    Pause,

    /// <summary>When the call is resumed: <see cref="SitAttribute.ResumeHooks"/>.</summary>
    Resume,
}

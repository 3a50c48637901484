using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Calls;

internal sealed partial class Call
{
    /// <summary>
    /// What few calls need: made when it is. Guarded by the call's lock, except for the domain, which is there from the beginning.
    /// </summary>
    private sealed class CallExtras
    {
        public ControlDomain Domain { get; init; } = ControlDomain.Process;

        /// <summary>The last order, and its epoch.</summary>
        public SitControl? LastControl { get; set; }

        public int ControlledAt { get; set; }

        /// <summary>The pauses of this call alone.</summary>
        public List<Hold> Holds { get; } = [];

        /// <summary>The standing pauses up to this epoch no longer cover the call: it was interrupted since.</summary>
        public int LeftPausesAt { get; set; }

        /// <summary>A signal to cancel came while the call was active.</summary>
        public bool IsCancelledBySignal { get; set; }

        /// <summary>What meters and traces are told; null while nobody has listened to any of it. Written as the call begins, or under the lock.</summary>
        public CallTelemetry? Telemetry { get; set; }

        /// <summary>See <see cref="NextAttemptAt"/>; 0 for none.</summary>
        public long NextAttemptAt { get; set; }

        /// <summary>Completes when the observers have been told of all that happened to the call so far.</summary>
        public Task Observed { get; set; } = Task.CompletedTask;
    }
}

namespace Sitters.Runtime.Plans;

/// <summary>Why a stretch of a call was interrupted, as its exceptions say it. In a byte, since there are many calls.</summary>
internal enum InterruptReason : byte
{
    None,
    Cancelled,
    TimedOut,
    CancelledByCaller,
    Restarted,
    AttemptTimedOut,
    CancelledByPipeline,
}

namespace Sitters.Runtime.Plans;

/// <summary>What exceptions say of interrupted calls of one method. Kept, since very many may be interrupted at once.</summary>
/// <param name="method">Its name.</param>
internal sealed class InterruptMessages(string method)
{
    // By the reason. Threads that make the same one at the same time do no harm.
    private readonly string?[] _interrupted = new string?[Enum.GetValues<InterruptReason>().Length];
    private readonly string?[] _cancelled = new string?[Enum.GetValues<InterruptReason>().Length];

    /// <summary>For what is thrown at an await.</summary>
    public string Interrupted(InterruptReason reason) =>
        _interrupted[(int)reason] ??= $"The call of {method} was interrupted: {Words(reason)}.";

    /// <summary>For what the caller gets.</summary>
    public string Cancelled(InterruptReason reason) => _cancelled[(int)reason] ??= reason == InterruptReason.Cancelled
        ? $"The call of {method} was cancelled."
        : $"The call of {method} was cancelled: {Words(reason)}.";

    public static string Words(InterruptReason reason) => reason switch
    {
        InterruptReason.TimedOut => "its time is over",
        InterruptReason.CancelledByCaller => "the caller cancelled its token",
        InterruptReason.Restarted => "it is to start again",
        InterruptReason.AttemptTimedOut => "the attempt's time is over",
        InterruptReason.CancelledByPipeline => "its resilience pipeline cancelled it",
        _ => "it was cancelled",
    };
}

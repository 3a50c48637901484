namespace Sitters.Runtime.Execution;

/// <summary>The callers that wait for one call together.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal interface ISharedCall<T>
{
    /// <summary>Whether the tasks of all those callers have ended.</summary>
    bool IsDelivered { get; }

    /// <summary>Learns of the end of the call before its callers do.</summary>
    void OnEnding(bool hasCompleted, T? result);
}

namespace Sitters.Runtime.Execution;

/// <summary>Those who wait for one call together.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal interface ISharedCall<T>
{
    /// <summary>Whether the tasks of all who wait have ended.</summary>
    bool IsDelivered { get; }

    /// <summary>Learns of the end of the call before its callers do.</summary>
    void OnEnding(bool hasCompleted, T? result);
}

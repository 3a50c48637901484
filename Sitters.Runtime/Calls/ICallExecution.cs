using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>What drives a call, as the call itself sees it.</summary>
internal interface ICallExecution
{
    object? Result { get; }

    /// <summary>The caller's task has ended.</summary>
    bool IsDelivered { get; }

    /// <summary>The caller's task; null if the caller holds none, as the consumer of a stream does.</summary>
    Task? Delivery { get; }

    /// <summary>The method that is the root of a scope has ended, most likely.</summary>
    void OnBodyEnded(Scope scope)
    {
        // Who waits for its task need not know.
    }

    /// <summary>The grace is over: what runs in the scope is left behind.</summary>
    void GiveUp(Scope scope);
}

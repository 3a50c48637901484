using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>What drives a call, as the call itself knows it.</summary>
internal interface ICallExecution
{
    object? Result { get; }

    /// <summary>The caller's task has ended.</summary>
    bool IsDelivered { get; }

    /// <summary>The caller's task; null where the caller holds none, as that of a stream.</summary>
    Task? Delivery { get; }

    /// <summary>The grace is over: what runs in the scope is left behind.</summary>
    void GiveUp(Scope scope);
}

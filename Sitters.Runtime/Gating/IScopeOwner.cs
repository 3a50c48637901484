namespace Sitters.Runtime.Gating;

/// <summary>All that a scope knows of its call. Used off the fast path only: an await looks at <see cref="ControlEpoch"/>.</summary>
internal interface IScopeOwner
{
    /// <summary>
    /// It owns scopes whose calls nobody has asked about: who asks first makes the call, which then takes its place.
    /// </summary>
    bool IsUnclaimed => false;

    /// <summary>The clock that the call goes by, whoever interrupts it.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>Applies to the call, and so to its scopes, the events for all calls that the scope has missed.</summary>
    void CatchUp(Scope scope);

    /// <summary>Applies to the call the time limits that are over. Called by code of the scope, or of one inside it.</summary>
    void CheckTime(Scope scope);

    /// <summary>
    /// An interrupt has begun in the scope, or something there has stopped settling: the grace of what runs there starts now.
    /// </summary>
    void OnInterrupted(Scope scope);

    /// <summary>
    /// The method that is the root of the scope was resumed, and has not suspended at a gated await again: it has ended, most likely.
    /// </summary>
    void OnBodyEnded(Scope scope);

    /// <summary>What runs in the scope has no gate, and an interrupt is due: it is left behind.</summary>
    void OnLeft(Scope scope);

    /// <summary>Code of the user's has thrown where nobody waits for it: what was registered on the scope's token, or the clock.</summary>
    void OnUsersCodeFailed(Exception exception);
}

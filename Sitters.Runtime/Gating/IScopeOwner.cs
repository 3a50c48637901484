namespace Sitters.Runtime.Gating;

/// <summary>All that a scope knows of the call it belongs to. Off the fast path only: an await asks <see cref="ControlEpoch"/>.</summary>
internal interface IScopeOwner
{
    /// <summary>Applies to the call, and so to its scopes, what was done to all calls since the scope last looked.</summary>
    void CatchUp(Scope scope);

    /// <summary>An interrupt has begun in the scope: from now on what runs there has its grace.</summary>
    void OnInterrupted(Scope scope);

    /// <summary>What the user registered on the scope's token has thrown.</summary>
    void OnTokenCallbackFailed(Exception exception);
}

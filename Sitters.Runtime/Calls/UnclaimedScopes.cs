using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>Owns the scopes whose calls nobody has asked about, and makes the call when an event must be applied to it.</summary>
internal sealed class UnclaimedScopes : IScopeOwner
{
    public void CatchUp(Scope scope) => Call.Of(scope)?.CatchUp(scope);

    public void CheckTime(Scope scope) => Call.Of(scope)?.CheckTime(scope);

    public void OnInterrupted(Scope scope) => Call.Of(scope)?.OnInterrupted(scope);

    public void OnTokenCallbackFailed(Exception exception) =>
        throw new InvalidOperationException("The token of a scope without a call cannot be cancelled.", exception);
}

using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>The running scopes of a call. Guarded by the call's lock; what is copied out of it never changes.</summary>
internal struct RunningScopes
{
    /// <summary>The last scope that can be interrupted, even if it has ended; null if none has begun.</summary>
    public Scope? Latest { get; private set; }

    /// <summary>Those that run now.</summary>
    public ScopeList Running { get; private set; }

    /// <summary>The call has ended: what may still run in the scope, left behind, is not to be kept by it.</summary>
    public Scope? ForgetLatest()
    {
        var latest = Latest;
        Latest = null;
        return latest;
    }

    public void Add(Scope scope)
    {
        if (scope.IsInterruptible)
        {
            Latest = scope;
        }

        Running = Running.With(scope);
    }

    public void Remove(Scope scope) => Running = Running.Without(scope);
}

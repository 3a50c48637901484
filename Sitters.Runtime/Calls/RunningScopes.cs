using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>The running scopes of a call. Guarded by the call's lock.</summary>
internal struct RunningScopes
{
    private Scope? _one;

    /// <summary>Only a pipeline that hedges runs several attempts at once.</summary>
    private List<Scope>? _others;

    /// <summary>The last scope that can be interrupted, even if it has ended; null if none has begun.</summary>
    public Scope? Latest { get; private set; }

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

        if (_one is null)
        {
            _one = scope;
        }
        else
        {
            (_others ??= []).Add(scope);
        }
    }

    public void Remove(Scope scope)
    {
        if (_one == scope)
        {
            _one = null;
        }
        else
        {
            _others?.Remove(scope);
        }
    }

    public readonly List<Scope> ToList()
    {
        List<Scope> scopes = _one is null ? [] : [_one];
        if (_others is not null)
        {
            scopes.AddRange(_others);
        }

        return scopes;
    }
}

using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>The scopes of a call that run now. Guarded by the call's lock.</summary>
internal struct RunningScopes
{
    private Scope? _one;

    /// <summary>Only a pipeline that hedges runs several attempts at once.</summary>
    private List<Scope>? _others;

    /// <summary>The last one that can be interrupted, also where it has ended; null where none has begun.</summary>
    public Scope? Latest { get; private set; }

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

using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>The running scopes of a call. Guarded by the call's lock.</summary>
internal struct RunningScopes
{
    /// <summary>
    /// The one that runs; a list of them where there are several: only a pipeline that hedges runs several attempts at once.
    /// </summary>
    private object? _running;

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

        if (_running is List<Scope> several)
        {
            several.Add(scope);
        }
        else
        {
            _running = _running is Scope one ? new List<Scope> { one, scope } : scope;
        }
    }

    public void Remove(Scope scope)
    {
        if (_running == scope)
        {
            _running = null;
        }
        else if (_running is List<Scope> several)
        {
            several.Remove(scope);
        }
    }

    public readonly List<Scope> ToList() => _running switch
    {
        null => [],
        Scope one => [one],
        var several => [.. (List<Scope>)several],
    };
}

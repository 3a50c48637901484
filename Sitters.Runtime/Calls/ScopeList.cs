using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>Some scopes: mostly one, for which nothing is allocated. It never changes.</summary>
internal readonly struct ScopeList
{
    /// <summary>The one; an array of them where there are several, as only a pipeline that hedges runs several attempts at once.</summary>
    private readonly object? _scopes;

    private ScopeList(object? scopes) => _scopes = scopes;

    public int Count => _scopes switch
    {
        null => 0,
        Scope => 1,
        var several => ((Scope[])several).Length,
    };

    public Scope this[int index] => _scopes as Scope ?? ((Scope[])_scopes!)[index];

    public ScopeList With(Scope scope) => new(_scopes switch
    {
        null => scope,
        Scope one => new[] { one, scope },
        var several => (Scope[])[.. (Scope[])several, scope],
    });

    public ScopeList Without(Scope scope) => _scopes == scope ? default
        : _scopes is Scope[] several ? Without(several, scope)
        : this;

    public bool All(Predicate<Scope> condition)
    {
        for (var index = 0; index < Count; index++)
        {
            if (!condition(this[index]))
            {
                return false;
            }
        }

        return true;
    }

    public void ForEach(Action<Scope> action)
    {
        for (var index = 0; index < Count; index++)
        {
            action(this[index]);
        }
    }

    private static ScopeList Without(Scope[] several, Scope scope)
    {
        var left = Array.FindAll(several, other => other != scope);
        return new(left.Length == 1 ? left[0] : left);
    }
}

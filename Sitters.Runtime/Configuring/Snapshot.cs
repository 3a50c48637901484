namespace Sitters.Runtime.Configuring;

/// <summary>All configurations in force, in the order in which their places were made. Never changed: another one takes its place.</summary>
internal sealed class Snapshot
{
    private static volatile Snapshot _current = new([]);

    private readonly IReadOnlyList<Place> _places;

    public Snapshot(IReadOnlyList<Place> places)
    {
        _places = places;
        Scopes = [.. places.Select(static place => place.Scope).OfType<SitterScope>().Distinct()];
    }

    /// <summary>Read by each call of a configured method: what is stored here is in force.</summary>
    public static Snapshot Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Those with a configuration of their own.</summary>
    public IReadOnlyList<SitterScope> Scopes { get; }

    /// <summary>
    /// What holds in a scope with a configuration of its own: the scope's before those of the scopes around it, the process's at the end, and
    /// of each what came last first.
    /// </summary>
    public IReadOnlyList<Overlay> In(SitterScope scope)
    {
        var own = new List<Overlay>();
        for (var outer = scope; outer is not null; outer = outer.Outer)
        {
            own.AddRange(_places.Where(place => place.Scope == outer).Reverse().Select(static place => place.Overlay));
        }

        return [.. own, .. Elsewhere()];
    }

    /// <summary>What holds in no scope.</summary>
    public IReadOnlyList<Overlay> Unscoped() => Select(static place => place.Scope is not null && place.IncludesUnscoped);

    /// <summary>What holds in a scope without a configuration of its own or around it.</summary>
    public IReadOnlyList<Overlay> Elsewhere() => Select(static _ => false);

    private IReadOnlyList<Overlay> Select(Func<Place, bool> isIt) =>
    [
        .. _places.Where(isIt).Reverse()
            .Concat(_places.Where(static place => place.Scope is null).Reverse())
            .Select(static place => place.Overlay),
    ];

    /// <summary>One configuration.</summary>
    /// <param name="Overlay">What it sets.</param>
    /// <param name="Scope">Where; null for the whole process.</param>
    /// <param name="IncludesUnscoped">Also for calls in no scope.</param>
    public sealed record Place(Overlay Overlay, SitterScope? Scope, bool IncludesUnscoped);
}

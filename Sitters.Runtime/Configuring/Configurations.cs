using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Configuring;

/// <summary>Holds the configurations of the process, and sees to it that each plan learns of those that concern it.</summary>
internal static class Configurations
{
    private static readonly object _lock = new();

    /// <summary>In the order in which they were opened, also those that are empty still. Guarded by the lock.</summary>
    private static readonly List<Layer> _layers = [];

    /// <summary>What is in force has changed. Called under no lock. Set by a layer above, once it has something to do then.</summary>
    public static Action? Changed { get; set; }

    public static ConfigurationLayer Open(SitterScope? scope, string origin, bool endsWithScope)
    {
        var layer = new Layer(scope, origin, endsWithScope);
        lock (_lock)
        {
            // Once it has ended, nobody would take the layer back.
            ObjectDisposedException.ThrowIf(endsWithScope && scope is { IsDisposed: true }, typeof(SitterScope));
            _layers.Add(layer);
        }

        return layer;
    }

    /// <summary>A scope was disposed of: takes back what was to end with it.</summary>
    public static void EndWith(SitterScope scope)
    {
        lock (_lock)
        {
            if (_layers.RemoveAll(layer => layer.EndsWith(scope)) == 0)
            {
                return;
            }

            PublishLocked();
        }

        Changed?.Invoke();
    }

    /// <summary>A method is about to be called for the first time.</summary>
    public static void Add(Plan plan)
    {
        lock (_lock)
        {
            KnownPlans.Add(plan);
            if (_layers.Count > 0)
            {
                OverrideLocked(plan);
            }
        }
    }

    /// <summary>Puts what the layers hold now in force, by one write.</summary>
    private static void PublishLocked()
    {
        // The plans first: as long as the snapshot is the old one, they give what they gave before.
        var plans = KnownPlans.All();
        foreach (var plan in plans)
        {
            OverrideLocked(plan);
        }

        Snapshot.Current = SnapshotLocked();
        foreach (var plan in plans)
        {
            plan.Renew();
        }
    }

    private static Snapshot SnapshotLocked() => new([.. _layers.Select(static layer => layer.Place).OfType<Snapshot.Place>()]);

    private static void OverrideLocked(Plan plan)
    {
        if (!plan.IsOverridden
            && _layers.Exists(layer => layer.Place is { } place && place.Overlay.For(plan.Options).Any(static set => set.Values.Count > 0)))
        {
            plan.Override(new ConfiguredPlan(plan));
        }
    }

    private sealed class Layer(SitterScope? scope, string origin, bool endsWithScope) : ConfigurationLayer
    {
        private bool _includesUnscoped;

        /// <summary>Guarded by the lock; null while it is empty.</summary>
        public Snapshot.Place? Place { get; private set; }

        internal override bool IncludesUnscoped
        {
            set
            {
                lock (_lock)
                {
                    _includesUnscoped = value;
                    if (Place is not { } place)
                    {
                        return;
                    }

                    Place = place with { IncludesUnscoped = value };
                    PublishLocked();
                }

                Changed?.Invoke();
            }
        }

        public bool EndsWith(SitterScope ended) => endsWithScope && ended == scope;

        internal override IReadOnlyList<string> Replace(SitterConfiguration configuration, IReadOnlyCollection<string> problems)
        {
            // All that may run code of the user's comes first.
            var overlay = Overlay.Read(configuration, origin);
            var methods = SatMethods.Reachable();
            OverlayChecks checks;
            lock (_lock)
            {
                var before = Place;
                Place = new Snapshot.Place(overlay, scope, _includesUnscoped);
                var snapshot = SnapshotLocked();
                checks = new OverlayChecks(overlay, scope is null ? snapshot.Elsewhere() : snapshot.In(scope), methods);
                string[] found = [.. problems, .. checks.Problems()];
                if (found.Length > 0 || !_layers.Contains(this))
                {
                    Place = before;
                    ObjectDisposedException.ThrowIf(found.Length == 0, this);
                    throw new SitterConfigurationException(found);
                }

                PublishLocked();
            }

            Changed?.Invoke();
            return [.. checks.Warnings()];
        }

        public override void Dispose()
        {
            lock (_lock)
            {
                if (!_layers.Remove(this) || Place is null)
                {
                    return;
                }

                PublishLocked();
            }

            Changed?.Invoke();
        }
    }
}

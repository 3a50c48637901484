using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Configuring;

/// <summary>The plans of a method by what is in force, made once for each snapshot.</summary>
internal sealed class ConfiguredPlan(Plan compiled) : PlanOverrides
{
    private volatile Bound? _bound;

    public override Plan InForceIn(SitterScope? scope) => Current().PlanIn(scope);

    public override void Renew() => Current();

    private Bound Current()
    {
        while (true)
        {
            var snapshot = Snapshot.Current;
            var bound = _bound;
            if (bound?.Snapshot == snapshot)
            {
                return bound;
            }

            // Not over a newer one: that of a snapshot which is no longer in force would keep its scopes.
            Interlocked.CompareExchange(ref _bound, new Bound(snapshot, compiled, bound), bound);
        }
    }

    /// <summary>The plans of one snapshot.</summary>
    private sealed class Bound
    {
        private readonly (SitterScope Scope, Made Made)[] _inScopes;
        private readonly Made _unscoped;
        private readonly Made _elsewhere;

        public Bound(Snapshot snapshot, Plan compiled, Bound? before)
        {
            Snapshot = snapshot;
            List<Made> known = before is null ? [] : [before._unscoped, before._elsewhere, .. before._inScopes.Select(static pair => pair.Made)];
            List<CacheLimits> begun = [];
            _unscoped = Make(snapshot.Unscoped(), before?._unscoped.Plan);
            _elsewhere = Make(snapshot.Elsewhere(), before?._elsewhere.Plan);
            _inScopes = [.. snapshot.Scopes.Select(scope => (scope, Make(snapshot.In(scope), before?.PlanIn(scope))))];

            Made Make(IReadOnlyList<Overlay> overlays, Plan? last)
            {
                // A plan whose settings stay the same stays the same object, with what it has made of the user's retry strategies.
                var values = PlanSettings.InForce(compiled.Options, overlays);
                var options = PlanSettings.Apply(compiled.Options, values);
                var cache = Continue((last ?? compiled).Cache, Plan.LimitsOf(options));
                if (known.Find(made => ReferenceEquals(made.Plan.Cache, cache) && made.Values.SequenceEqual(values)) is { } same)
                {
                    return same;
                }

                var made = new Made(values, new Plan(options, compiled, cache));
                known.Add(made);
                return made;
            }

            CacheLimits Continue(CacheLimits last, CacheLimits now)
            {
                if (now == last)
                {
                    return last;
                }

                if (begun.Find(limits => limits == now) is { } same)
                {
                    return same;
                }

                begun.Add(now);
                return now;
            }
        }

        public Snapshot Snapshot { get; }

        public Plan PlanIn(SitterScope? scope)
        {
            if (scope is null)
            {
                return _unscoped.Plan;
            }

            for (var outer = scope; outer is not null && _inScopes.Length > 0; outer = outer.Outer)
            {
                foreach (var (known, made) in _inScopes)
                {
                    if (known == outer)
                    {
                        return made.Plan;
                    }
                }
            }

            return _elsewhere.Plan;
        }
    }

    private sealed record Made(IReadOnlyList<SettingValue> Values, Plan Plan);
}

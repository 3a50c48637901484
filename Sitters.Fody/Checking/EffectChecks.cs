namespace Sitters.Fody.Checking;

/// <summary>
/// Settings that change nothing. What an attribute or an <c>&lt;Apply&gt;</c> sets for many methods is told only where it changes none of
/// them; policies and the file's own defaults serve where they fit.
/// </summary>
internal static class EffectChecks
{
    private const string OneAttempt = "there is only one attempt. Set MaxAttempts";
    private const string NothingToCache = "no method here has a result that could be kept. Return one";
    private const string NoTimeout = "there is no timeout. Set TimeoutSeconds or AttemptTimeoutSeconds";

    private static readonly (Setting Setting, Func<SatMethod, bool> IsIdle, string Why)[] _conditions =
    [
        .. new[]
        {
            KnownSettings.RetryDelaySeconds, KnownSettings.RetryBackoff, KnownSettings.RetryJitter, KnownSettings.MaxRetryDelaySeconds,
            KnownSettings.RetryOn, KnownSettings.AbortOn, Hooks("Retry"),
        }.Select(setting => (setting, (Func<SatMethod, bool>)(sat => !HasRetries(sat)), OneAttempt)),
        (KnownSettings.OnTimeout, HasNoTimeout, NoTimeout),
        (Hooks("Timeout"), HasNoTimeout, NoTimeout),
        .. new[] { KnownSettings.RetryBackoff, KnownSettings.RetryJitter, KnownSettings.MaxRetryDelaySeconds }
            .Select(setting => (setting, (Func<SatMethod, bool>)HasNoDelay, "attempts follow at once. Set RetryDelaySeconds")),
        (KnownSettings.CacheSlidingSeconds,
            SlidesTooFar,
            "CacheSeconds, which is not longer, ends first. Make CacheSlidingSeconds shorter"),
        .. new[] { KnownSettings.CacheSize, KnownSettings.Cache, KnownSettings.CacheSeconds, KnownSettings.CacheSlidingSeconds }
            .Select(setting => (setting, (Func<SatMethod, bool>)HasNothingToCache, NothingToCache)),
        (KnownSettings.CacheScope,
            sat => sat is { IsCached: true, IsCacheShared: false, Method.IsStatic: true },
            "the cache of a static method is always shared. Make it an instance method"),
        (KnownSettings.IncludeNotAsync,
            sat => sat.Level == Level.Method,
            "an attribute on the method itself sits it in any case. Set it on a type"),
    ];

    public static IEnumerable<Diagnostic> Of(Subject subject)
    {
        var layers = new HashSet<Layer>(subject.Layers.Concat(subject.Configuration.Rules.Select(rule => rule.Layer)));
        var idle = new Dictionary<(Layer Layer, Setting Setting), (string Why, SatMethod Sat)>();
        var effective = new HashSet<(Layer Layer, Setting Setting)>();
        foreach (var sat in subject.SatMethods)
        {
            foreach (var layer in sat.Settings.Layers.Where(layers.Contains))
            {
                foreach (var setting in layer.Values.Keys.Where(setting => sat.Settings.Counts(setting, layer)))
                {
                    if (WhyIdle(sat, layer, setting) is not { } why)
                    {
                        effective.Add((layer, setting));
                    }
                    else if (!idle.ContainsKey((layer, setting)))
                    {
                        idle.Add((layer, setting), (why, sat));
                    }
                }
            }
        }

        foreach (var entry in idle.Where(entry => !effective.Contains(entry.Key)))
        {
            var ((layer, setting), (why, sat)) = (entry.Key, entry.Value);
            var told = Rules.WithoutEffect.Broken(
                $"{layer.Where}: {setting} has no effect: {why}, or leave {setting} out", layer.Location ?? sat.Location);
            yield return told with { Member = layer.Level == Level.Method ? sat.Method : null };
        }
    }

    private static string? WhyIdle(SatMethod sat, Layer layer, Setting setting)
    {
        if (setting == KnownSettings.InheritHooks)
        {
            return layer.Switch(setting) == false && !sat.Settings.HasHooksOutside(layer)
                ? "no outer level names a hook. Name one there"
                : null;
        }

        // Said again in so many words, a default of the plan is clear and does no harm.
        var unset = setting.Kind == SettingKind.Switch ? setting.PlanDefault ?? false : setting.PlanDefault;
        if (Equals(layer.Values[setting], unset))
        {
            return null;
        }

        var condition = Array.Find(_conditions, candidate => candidate.Setting == setting && candidate.IsIdle(sat));
        return condition.Setting is null ? null : condition.Why;
    }

    private static bool HasRetries(SatMethod sat) => sat.Retry is not null || sat.Settings.Number(KnownSettings.MaxAttempts) > 1;

    /// <summary>A number out of range is told as such, and counts here.</summary>
    private static bool HasNoTimeout(SatMethod sat) =>
        sat.Settings.Seconds(KnownSettings.TimeoutSeconds) == 0 && sat.Settings.Seconds(KnownSettings.AttemptTimeoutSeconds) == 0;

    private static bool HasNoDelay(SatMethod sat) => sat.Retry is null && sat.Settings.Seconds(KnownSettings.RetryDelaySeconds) == 0;

    /// <summary>Asked for by the method itself, such a cache is an error of its own.</summary>
    private static bool HasNothingToCache(SatMethod sat) => sat is { AsksForCache: true, AsksForCacheItself: false, IsCached: false };

    private static bool SlidesTooFar(SatMethod sat) =>
        sat.Settings.Seconds(KnownSettings.CacheSeconds) is > 0 and var whole
        && sat.Settings.Seconds(KnownSettings.CacheSlidingSeconds) >= whole;

    private static Setting Hooks(string hookEvent) => KnownSettings.Hooks.Single(hooks => hooks.HookEvent == hookEvent);
}

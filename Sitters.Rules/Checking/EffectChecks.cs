namespace Sitters.Rules.Checking;

/// <summary>
/// Settings that change nothing. What an attribute or an <c>&lt;Apply&gt;</c> sets for many methods is told only where it changes none of
/// them; policies and the file's own defaults serve where they fit.
/// </summary>
internal static class EffectChecks
{
    private const string OneAttempt = "there is only one attempt. Set MaxAttempts";
    private const string NothingToCache = "no method here has a result that could be kept. Return one";
    private const string NoTimeout = "there is no timeout. Set TimeoutSeconds or AttemptTimeoutSeconds";

    private static readonly (Setting Setting, Func<Sat, bool> IsIdle, string Why)[] _conditions =
    [
        .. new[]
        {
            KnownSettings.RetryDelaySeconds, KnownSettings.RetryBackoff, KnownSettings.RetryJitter, KnownSettings.MaxRetryDelaySeconds,
            KnownSettings.RetryOn, KnownSettings.AbortOn, Hooks("Retry"),
        }.Select(setting => (setting, (Func<Sat, bool>)(sat => !HasRetries(sat)), OneAttempt)),
        (KnownSettings.OnTimeout, HasNoTimeout, NoTimeout),
        (Hooks("Timeout"), HasNoTimeout, NoTimeout),
        .. new[] { KnownSettings.RetryBackoff, KnownSettings.RetryJitter, KnownSettings.MaxRetryDelaySeconds }
            .Select(setting => (setting, (Func<Sat, bool>)HasNoDelay, "attempts follow at once. Set RetryDelaySeconds")),
        (KnownSettings.CacheSlidingSeconds,
            SlidesTooFar,
            "CacheSeconds, which is not longer, ends first. Make CacheSlidingSeconds shorter"),
        .. new[] { KnownSettings.CacheSize, KnownSettings.Cache, KnownSettings.CacheSeconds, KnownSettings.CacheSlidingSeconds }
            .Select(setting => (setting, (Func<Sat, bool>)HasNothingToCache, NothingToCache)),
        (KnownSettings.CacheScope,
            sat => sat is { IsCached: true, IsCacheShared: false, IsStatic: true },
            "the cache of a static method is always shared. Make it an instance method"),
        (KnownSettings.IncludeNotAsync,
            sat => sat.Level == Level.Method,
            "an attribute on the method itself sits it in any case. Set it on a type"),
    ];

    /// <param name="methods">The methods to be sat.</param>
    /// <param name="told">The layers whose settings are told; all methods that they are for are among the methods.</param>
    public static IEnumerable<Finding> Of(IReadOnlyList<Sat> methods, IEnumerable<Layer> told)
    {
        var layers = new HashSet<Layer>(told);
        var idle = new Dictionary<(Layer Layer, Setting Setting), (string Why, Sat Sat)>();
        var effective = new HashSet<(Layer Layer, Setting Setting)>();
        foreach (var sat in methods)
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
            var finding = KnownRules.WithoutEffect.Broken(
                $"{layer.Where}: {setting} has no effect: {why}, or leave {setting} out", layer.Location ?? sat.Location);
            yield return finding with
            {
                Sat = layer.Level == Level.Method ? sat : null,
                Settings = [setting],
                IsOfFile = layer.Level == Level.Apply,
            };
        }
    }

    private static string? WhyIdle(Sat sat, Layer layer, Setting setting)
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

    private static bool HasRetries(Sat sat) => sat.HasRetryMember || sat.Settings.Number(KnownSettings.MaxAttempts) > 1;

    /// <summary>A number out of range is told as such, and counts here.</summary>
    private static bool HasNoTimeout(Sat sat) =>
        sat.Settings.Seconds(KnownSettings.TimeoutSeconds) == 0 && sat.Settings.Seconds(KnownSettings.AttemptTimeoutSeconds) == 0;

    private static bool HasNoDelay(Sat sat) => !sat.HasRetryMember && sat.Settings.Seconds(KnownSettings.RetryDelaySeconds) == 0;

    /// <summary>Asked for by the method itself, such a cache is an error of its own.</summary>
    private static bool HasNothingToCache(Sat sat) => sat is { AsksForCache: true, AsksForCacheItself: false, IsCached: false };

    private static bool SlidesTooFar(Sat sat) =>
        sat.Settings.Seconds(KnownSettings.CacheSeconds) is > 0 and var whole
        && sat.Settings.Seconds(KnownSettings.CacheSlidingSeconds) >= whole;

    private static Setting Hooks(string hookEvent) => KnownSettings.Hooks.Single(hooks => hooks.HookEvent == hookEvent);
}

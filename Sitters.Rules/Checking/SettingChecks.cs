namespace Sitters.Rules.Checking;

/// <summary>What one method's settings say together.</summary>
internal static class SettingChecks
{
    private static readonly Setting[] _needCache =
        [KnownSettings.CacheSeconds, KnownSettings.CacheSlidingSeconds, KnownSettings.CacheScope];

    public static IEnumerable<Finding> Of(Sat sat)
    {
        foreach (var setting in KnownSettings.All.Where(setting => setting.ZeroIsNone && IsRedundantZero(sat, setting)))
        {
            yield return Problem(
                KnownRules.OutOfRange, sat, $"{setting} = 0 is out of range. Write a number above 0, or leave {setting} out", setting);
        }

        foreach (var (member, parts) in KnownSettings.Exclusive)
        {
            var excluded = parts.Where(sat.Settings.IsSet).ToArray();
            if (sat.Settings.Text(member) is not null && excluded.Length > 0)
            {
                yield return Problem(
                    KnownRules.ExclusiveSettings,
                    sat,
                    $"{member} and {string.Join(", ", excluded.Select(part => part.Name))} exclude each other: {member} is used as it is. "
                        + "Leave one of them out",
                    excluded);
            }
        }

        var whole = sat.Settings.Seconds(KnownSettings.TimeoutSeconds);
        var attempt = sat.Settings.Seconds(KnownSettings.AttemptTimeoutSeconds);
        if (whole > 0 && attempt >= whole)
        {
            yield return Problem(
                KnownRules.IneffectiveAttemptTimeout,
                sat,
                "AttemptTimeoutSeconds has no effect: TimeoutSeconds, which is not longer, ends the whole call first. "
                    + "Make AttemptTimeoutSeconds shorter, or leave it out",
                KnownSettings.AttemptTimeoutSeconds);
        }

        if (sat.AsksForCache)
        {
            yield break;
        }

        foreach (var setting in _needCache.Where(setting => IsSetHere(sat, setting)))
        {
            yield return Problem(
                KnownRules.ExclusiveSettings,
                sat,
                $"{setting} is set, but there is no cache. Add CacheSize, the most results to keep, or Cache",
                setting);
        }
    }

    /// <summary>A zero means "none", which has an effect only where it overrides what an outer level sets.</summary>
    private static bool IsRedundantZero(Sat sat, Setting setting) =>
        IsSetHere(sat, setting)
        && !sat.Settings.IsSetTwice(setting)
        && (setting.Kind == SettingKind.Count ? sat.Settings.Number(setting) == 0 : sat.Settings.Seconds(setting) == 0);

    /// <summary>Set for this very method, and not for many at once.</summary>
    private static bool IsSetHere(Sat sat, Setting setting) => sat.Settings.LevelOf(setting) is Level.Method or Level.Apply;

    private static Finding Problem(Rule rule, Sat sat, string text, params Setting[] settings) =>
        rule.Broken($"{sat.Name}: {text}", sat.Location) with { Settings = settings };
}

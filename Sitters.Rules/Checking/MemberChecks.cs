namespace Sitters.Rules.Checking;

/// <summary>Hook, retry and cache members that are missing or of the wrong shape, and retry types that are no exceptions.</summary>
internal static class MemberChecks
{
    public static IEnumerable<Finding> Of(Sat sat)
    {
        foreach (var (setting, missing) in sat.MissingMembers)
        {
            yield return Problem(sat, $"{setting}: {missing.Problem}") with { Settings = [setting], Missing = missing };
        }

        foreach (var setting in new[] { KnownSettings.RetryOn, KnownSettings.AbortOn })
        {
            foreach (var type in sat.NoExceptions(setting))
            {
                yield return Problem(sat, $"{setting}: {type} is not an exception type; name a type that derives from Exception");
            }
        }
    }

    private static Finding Problem(Sat sat, string text) => KnownRules.UnusableMember.Broken($"{sat.Name}: {text}", sat.Location);
}

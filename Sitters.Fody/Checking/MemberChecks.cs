namespace Sitters.Fody.Checking;

/// <summary>Hook, retry and cache members that are missing or of the wrong shape, and retry types that are no exceptions.</summary>
internal static class MemberChecks
{
    public static IEnumerable<Diagnostic> Of(SatMethod sat)
    {
        foreach (var use in sat.Members.Where(use => use.Problem is not null))
        {
            yield return Problem(sat, $"{use.Setting}: {use.Problem}");
        }

        foreach (var setting in new[] { KnownSettings.RetryOn, KnownSettings.AbortOn })
        {
            foreach (var type in sat.Settings.Types(setting).Where(type => !IsException(type)))
            {
                yield return Problem(sat, $"{setting}: {Names.Of(type)} is not an exception type; name a type that derives from Exception");
            }
        }
    }

    private static Diagnostic Problem(SatMethod sat, string text) => Rules.UnusableMember.Broken($"{sat.Name}: {text}", sat.Location);

    private static bool IsException(TypeReference type)
    {
        var definition = type.Resolve();
        while (definition is not null && definition.FullName != "System.Exception")
        {
            definition = definition.BaseType?.Resolve();
        }

        return definition is not null;
    }
}

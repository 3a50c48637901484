namespace Sitters.Fody.Checking;

/// <summary>SIT003: hook, retry and cache members that are missing or of the wrong shape, and retry types that are no exceptions.</summary>
internal static class MemberChecks
{
    public static IEnumerable<Diagnostic> Of(SatMethod sat)
    {
        foreach (var use in sat.Members.Where(use => use.Problem is not null))
        {
            yield return Error(sat, $"{use.Setting}: {use.Problem}");
        }

        foreach (var setting in new[] { KnownSettings.RetryOn, KnownSettings.AbortOn })
        {
            foreach (var type in sat.Settings.Types(setting).Where(type => !IsException(type)))
            {
                yield return Error(sat, $"{setting}: {Names.Of(type)} is not an exception type; name a type that derives from Exception");
            }
        }
    }

    private static Diagnostic Error(SatMethod sat, string text) => Diagnostic.Error("SIT003", $"{sat.Name}: {text}", sat.Location);

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

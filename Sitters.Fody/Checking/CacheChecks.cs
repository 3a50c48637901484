namespace Sitters.Fody.Checking;

/// <summary>SIT004, SIT010, SIT012: what can't be cached, or not well.</summary>
internal static class CacheChecks
{
    // Taken once, there is nothing left in them for the next caller.
    private static readonly HashSet<string> _usedUp =
    [
        "System.Collections.IEnumerator", "System.Collections.Generic.IEnumerator`1", "System.Collections.Generic.IAsyncEnumerator`1",
        "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1", "System.IO.Stream",
    ];

    public static IEnumerable<Diagnostic> Of(SatMethod sat)
    {
        if (!sat.AsksForCache)
            yield break;

        if (sat.Returned is Returned.Task or Returned.ValueTask && IsAskedHere(sat))
            yield return Diagnostic.Error("SIT004", $"{sat.Name} has no result that could be cached. Return Task<T> or ValueTask<T>, or leave the cache out.", sat.Place);

        if (sat.IsStream && IsAskedHere(sat))
            yield return Diagnostic.Error("SIT012", $"{sat.Name} can't be cached: it returns an async stream, whose elements are handed out once. Return Task of a list instead, or leave the cache out.", sat.Place);

        if (sat.Result is not { } result)
            yield break;

        if (Bases(result).FirstOrDefault(type => _usedUp.Contains(type.FullName)) is { } used)
            yield return Diagnostic.Error("SIT012", $"{sat.Name} can't be cached: its result is a {Names.Of(used)}, which only the first caller could use. Return what can be used again, or leave the cache out.", sat.Place);

        foreach (var parameter in sat.Method.Parameters.Where(parameter => !ValueEquality.Has(parameter.ParameterType)))
        {
            yield return Diagnostic.Warning(
                "SIT010",
                $"{sat.Name} is cached, but its parameter '{parameter.Name}' has no value equality ({Names.Of(parameter.ParameterType)} is compared by reference): equal values will miss the cache. Pass a type that overrides Equals, such as a record or a string.",
                sat.Place);
        }
    }

    private static bool IsAskedHere(SatMethod sat) =>
        (sat.Settings.LevelOf(Settings.Cache) ?? sat.Settings.LevelOf(Settings.CacheSize)) is Level.Method or Level.Apply;

    private static IEnumerable<TypeReference> Bases(TypeReference type)
    {
        for (var definition = type.Resolve(); definition is not null; definition = definition.BaseType?.Resolve())
            yield return definition;
    }
}

namespace Sitters.Fody.Checking;

/// <summary>What can't be cached, or not well.</summary>
internal static class CacheChecks
{
    public static IEnumerable<Diagnostic> Of(SatMethod sat)
    {
        if (sat.AsksForCacheItself)
        {
            if (sat.Returned is Returned.Task or Returned.ValueTask)
            {
                yield return Rules.CacheWithoutResult.Broken(
                    $"{sat.Name} has no result that could be cached. Return Task<T> or ValueTask<T>, or leave the cache out.",
                    sat.Location);
            }

            if (sat.IsStream)
            {
                yield return Rules.NotCacheable.Broken(
                    $"{sat.Name} can't be cached: it returns an async stream, whose elements can be read only once. "
                        + "Return Task of a list instead, or leave the cache out.",
                    sat.Location);
            }

            if (sat.Result is { } result && SingleUseResults.Of(result) is { } used)
            {
                yield return Rules.NotCacheable.Broken(
                    $"{sat.Name} can't be cached: its result is a {Names.Of(used)}, which only the first caller could use. "
                        + "Return what can be used again, or leave the cache out.",
                    sat.Location);
            }
        }

        if (!sat.IsCached)
        {
            yield break;
        }

        foreach (var parameter in sat.Method.Parameters.Where(parameter => !ValueEquality.Has(parameter.ParameterType)))
        {
            yield return Rules.KeyWithoutEquality.Broken(
                $"{sat.Name} is cached, but its parameter '{parameter.Name}' has no value equality "
                    + $"({Names.Of(parameter.ParameterType)} is compared by reference): equal values will miss the cache. "
                    + "Pass a type that overrides Equals, such as a record or a string.",
                sat.Location);
        }

        if (sat.Method.IsStatic)
        {
            yield break;
        }

        var owner = sat.Method.DeclaringType;
        if (owner.IsValueType && !ValueEquality.Has(owner))
        {
            yield return Rules.KeyWithoutEquality.Broken(
                $"{sat.Name} is cached, and the value of its struct belongs to the key, but {Names.Of(owner)} has no value equality: "
                    + "equal values will miss the cache. Override its Equals, or keep in it what is compared by value.",
                sat.Location);
        }

        if (sat.IsCacheShared && !owner.IsValueType && InstanceState.KnownTo(sat.Method) is { } known)
        {
            yield return Rules.SharedCacheOfState.Broken(
                $"{sat.Name} {known}, but all instances share its cache: the result of one would go to another. "
                    + "Leave CacheScope at PerInstance, or make what the result depends on an argument.",
                sat.Location);
        }
    }
}

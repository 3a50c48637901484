namespace Sitters.Rules.Checking;

/// <summary>What can't be cached, or not well.</summary>
internal static class CacheChecks
{
    public static IEnumerable<Finding> Of(Sat sat)
    {
        if (sat.AsksForCacheItself)
        {
            if (sat.Returned is Returned.Task or Returned.ValueTask)
            {
                yield return KnownRules.CacheWithoutResult.Broken(
                    $"{sat.Name} has no result that could be cached. Return Task<T> or ValueTask<T>, or leave the cache out.",
                    sat.Location);
            }

            if (sat.IsStream)
            {
                yield return KnownRules.NotCacheable.Broken(
                    $"{sat.Name} can't be cached: it returns an async stream, whose elements can be read only once. "
                        + "Return Task of a list instead, or leave the cache out.",
                    sat.Location);
            }

            if (sat.SingleUseResultName is { } used)
            {
                yield return KnownRules.NotCacheable.Broken(
                    $"{sat.Name} can't be cached: its result is a {used}, which only the first caller could use. "
                        + "Return what can be used again, or leave the cache out.",
                    sat.Location);
            }
        }

        if (!sat.IsCached)
        {
            yield break;
        }

        foreach (var (name, type) in sat.ParametersWithoutEquality)
        {
            yield return KnownRules.KeyWithoutEquality.Broken(
                $"{sat.Name} is cached, but its parameter '{name}' has no value equality "
                    + $"({type} is compared by reference): equal values will miss the cache. "
                    + "Pass a type that overrides Equals, such as a record or a string.",
                sat.Location);
        }

        if (sat.StructWithoutEquality is { } owner)
        {
            yield return KnownRules.KeyWithoutEquality.Broken(
                $"{sat.Name} is cached, and the value of its struct belongs to the key, but {owner} has no value equality: "
                    + "equal values will miss the cache. Override its Equals, or keep in it what is compared by value.",
                sat.Location);
        }

        if (sat.IsCacheShared && sat.KnownOfInstance is { } known)
        {
            yield return KnownRules.SharedCacheOfState.Broken(
                $"{sat.Name} {known}, but all instances share its cache: the result of one would go to another. "
                    + "Leave CacheScope at PerInstance, or make what the result depends on an argument.",
                sat.Location);
        }
    }
}

namespace Sitters.Runtime.Control;

/// <summary>The caches of results, which a higher layer keeps.</summary>
internal static class ResultCaches
{
    /// <summary>
    /// Drops the results of the methods that pass, in a scope or (null) everywhere. Set with the first cache: there is none before.
    /// </summary>
    public static Action<Func<string, bool>, SitterScope?>? Clear { get; set; }
}

namespace Sitters.Runtime.Control;

/// <summary>Keeps the results of one method: of all its instances.</summary>
internal interface IResultCache
{
    /// <summary>With namespace and type.</summary>
    string MethodName { get; }

    /// <summary>Drops all results, and those of the runs that are under way. Runs no code of the user's.</summary>
    /// <param name="clearing">Gets what takes the results out of caches of the user's.</param>
    void Clear(List<CancellationTokenSource> clearing);
}

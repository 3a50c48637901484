namespace Sitters.Runtime.Caching;

/// <summary>All caches of one sat method.</summary>
internal interface IMethodCaches
{
    /// <summary>With namespace and type.</summary>
    string MethodName { get; }

    /// <summary>How many results they hold together.</summary>
    long CountEntries();

    /// <summary>Drops every cache. A call that is under way keeps the one it has begun with, where no later call looks.</summary>
    /// <param name="scope">Drops only the caches that began in it; null for every cache of the process.</param>
    /// <param name="clearing">Gets what takes the results out of caches of the user's.</param>
    void Clear(SitterScope? scope, List<CancellationTokenSource> clearing);
}

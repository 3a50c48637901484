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

    /// <summary>
    /// Drops each cache of our own for which other limits are in force than those that it began with, or none. One whose results the user
    /// keeps begins anew at the next call: code of the user's runs then.
    /// </summary>
    void DropOutdated();
}

using System.Runtime.CompilerServices;
using Sitters.Runtime.Configuring;
using Sitters.Runtime.Control;
using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Caching;

/// <summary>The caches of all sat methods that have been called, for as long as the assemblies of those methods are loaded.</summary>
internal static class CacheRegistry
{
    /// <summary>A set of weak references, which has a lock of its own.</summary>
    private static readonly ConditionalWeakTable<IMethodCaches, object?> _all = new();

    public static void Add(IMethodCaches caches)
    {
        _all.Add(caches, null);
        Configurations.Changed = DropOutdated;
        ResultCaches.Clear = Clear;
        CacheTelemetry.Entries = CountEntries;
    }

    /// <summary>No call has to come for results to go that none can have.</summary>
    private static void DropOutdated()
    {
        foreach (var (caches, _) in _all)
        {
            caches.DropOutdated();
        }
    }

    private static IEnumerable<(string Method, long Entries)> CountEntries() =>
        _all.Select(static caches => (caches.Key.MethodName, caches.Key.CountEntries()));

    /// <summary>
    /// Drops the stored results of some methods. A run that is under way goes on, and its callers get its result, but it is not stored.
    /// </summary>
    /// <param name="isMeant">Selects methods by their full names.</param>
    /// <param name="scope">Drops only the caches that began in it; null for every cache of the process.</param>
    /// <exception cref="AggregateException">Caches of the user's failed to drop theirs; all others have dropped them.</exception>
    public static void Clear(Func<string, bool> isMeant, SitterScope? scope = null)
    {
        var clearing = new List<CancellationTokenSource>();
        foreach (var (caches, _) in _all)
        {
            if (isMeant(caches.MethodName))
            {
                caches.Clear(scope, clearing);
            }
        }

        // Code of the user's runs here: one that fails keeps no other from being cleared.
        var failures = new List<Exception>();
        foreach (var source in clearing)
        {
            try
            {
                source.Cancel();
            }
            catch (AggregateException failure)
            {
                failures.AddRange(failure.InnerExceptions);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }
}

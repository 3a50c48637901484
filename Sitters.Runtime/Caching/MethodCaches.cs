using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Caching;

/// <summary>
/// The caches of one sat method: one for each instance, or a single one. They are kept beside the instances, not in them: nothing that
/// looks at an object (reflection, layout, equality, a serializer, a clone) sees its cache, which dies with it all the same.
/// </summary>
/// <typeparam name="TKey">
/// The call, equal by its arguments: a type of its own for each method, and for each instance of a generic one.
/// </typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class MethodCaches<TKey, T> : IMethodCaches
    where TKey : struct, IEquatable<TKey>
{
    /// <summary>Set once, by CAS.</summary>
    private static MethodCaches<TKey, T>? _ofMethod;

    private readonly object _lock = new();

    /// <summary>Compares by reference. Changed only under the lock.</summary>
    private readonly ConditionalWeakTable<object, MethodCache<TKey, T>> _ofInstances = new();

    /// <summary>That of one instance, most often the only one: found without a look into the table. Changed only under the lock.</summary>
    private Kept? _first;

    /// <summary>For a static method, a struct, or a scope that is shared. Changed only under the lock.</summary>
    private MethodCache<TKey, T>? _ofAll;

    /// <summary>That of the method, compiled.</summary>
    private readonly Plan _plan;

    private MethodCaches(Plan plan) => _plan = plan;

    public string MethodName => _plan.Name;

    /// <param name="instance">Whose cache; null for the one that all share.</param>
    /// <param name="plan">The method's plan.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MethodCache<TKey, T> Find(object? instance, Plan plan)
    {
        var caches = Volatile.Read(ref _ofMethod) ?? Create(plan);

        // What all share, each scope shares alone: there the scope stands for the instance.
        instance ??= SitterScope.Current;
        if (instance is null)
        {
            return Volatile.Read(ref caches._ofAll) ?? caches.Add(null, plan);
        }

        return Volatile.Read(ref caches._first)?.Of(instance) is { } first ? first
            : caches._ofInstances.TryGetValue(instance, out var cache) ? cache
            : caches.Add(instance, plan);
    }

    /// <summary>
    /// Another cache in the place of one that began with other limits, so that neither its results nor its runs under way are found. A cache
    /// keeps to what is in force where it belongs: a call in another scope, which has the same object, takes it as it is.
    /// </summary>
    /// <param name="instance">As for <see cref="Find"/>.</param>
    /// <param name="cache">The one that was found.</param>
    /// <param name="plan">What is in force for the call.</param>
    /// <exception cref="AggregateException">A cache of the user's failed to drop its results.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static MethodCache<TKey, T> Renew(object? instance, MethodCache<TKey, T> cache, Plan plan)
    {
        var scope = SitterScope.Current;
        var caches = Volatile.Read(ref _ofMethod)!;
        if (cache.Scope != scope && !caches.IsOutdated(cache))
        {
            return cache;
        }

        instance ??= scope;
        if (caches.TryDrop(instance, cache))
        {
            cache.Clearing?.Cancel();
        }

        return caches.Add(instance, plan);
    }

    public void DropOutdated()
    {
        foreach (var (owner, cache) in _ofInstances.Where(pair => pair.Value.Clearing is null && IsOutdated(pair.Value)).ToList())
        {
            TryDrop(owner, cache);
        }

        if (Volatile.Read(ref _ofAll) is { Clearing: null } all && IsOutdated(all))
        {
            TryDrop(null, all);
        }
    }

    /// <remarks>The table keeps no instance while it is looked through.</remarks>
    public long CountEntries() =>
        (Volatile.Read(ref _ofAll)?.Count ?? 0) + _ofInstances.Sum(static instance => instance.Value.Count);

    public void Clear(SitterScope? scope, List<CancellationTokenSource> clearing)
    {
        List<MethodCache<TKey, T>> dropped = [];
        lock (_lock)
        {
            foreach (var (owner, cache) in _ofInstances.Where(pair => scope is null || pair.Value.Scope == scope).ToList())
            {
                dropped.Add(cache);
                _ofInstances.Remove(owner);
            }

            _first = null;

            if (scope is null && _ofAll is not null)
            {
                dropped.Add(_ofAll);
                Volatile.Write(ref _ofAll, null);
            }
        }

        CacheTelemetry.Evict(MethodName, CacheTelemetry.Cleared, dropped.Sum(static cache => cache.Count));
        clearing.AddRange(dropped.Select(cache => cache.Clearing).OfType<CancellationTokenSource>());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MethodCaches<TKey, T> Create(Plan plan)
    {
        var created = new MethodCaches<TKey, T>(plan.Compiled);
        if (Interlocked.CompareExchange(ref _ofMethod, created, null) is { } earlier)
        {
            return earlier;
        }

        CacheRegistry.Add(created);
        return created;
    }

    private bool IsOutdated(MethodCache<TKey, T> cache) => !ReferenceEquals(cache.Limits, _plan.InForceIn(cache.Scope).Cache);

    private bool TryDrop(object? instance, MethodCache<TKey, T> cache)
    {
        if (!TryRemove(instance, cache))
        {
            return false;
        }

        CacheTelemetry.Evict(MethodName, CacheTelemetry.Cleared, cache.Count);
        return true;
    }

    private bool TryRemove(object? instance, MethodCache<TKey, T> cache)
    {
        lock (_lock)
        {
            if (instance is not null)
            {
                _first = null;
                return _ofInstances.TryGetValue(instance, out var present) && present == cache && _ofInstances.Remove(instance);
            }

            if (_ofAll != cache)
            {
                return false;
            }

            Volatile.Write(ref _ofAll, null);
            return true;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private MethodCache<TKey, T> Add(object? instance, Plan plan)
    {
        lock (_lock)
        {
            if (instance is null)
            {
                return _ofAll ??= new MethodCache<TKey, T>(plan);
            }

            if (!_ofInstances.TryGetValue(instance, out var cache))
            {
                cache = new MethodCache<TKey, T>(plan);
                _ofInstances.Add(instance, cache);
                if (_first is not { IsAlive: true })
                {
                    Volatile.Write(ref _first, new Kept(instance, cache));
                }
            }

            return cache;
        }
    }

    /// <summary>The cache of an instance, neither of which it keeps alive.</summary>
    private sealed class Kept(object instance, MethodCache<TKey, T> cache)
    {
        private readonly WeakReference<object> _instance = new(instance);
        private readonly WeakReference<MethodCache<TKey, T>> _cache = new(cache);

        public bool IsAlive => _instance.TryGetTarget(out _);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public MethodCache<TKey, T>? Of(object asked) =>
            _instance.TryGetTarget(out var target) && ReferenceEquals(target, asked) && _cache.TryGetTarget(out var cache) ? cache : null;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Caching;

/// <summary>The cache of one sat method, or of one instance's: its results, and the calls in progress that will add more.</summary>
/// <typeparam name="TKey">The call, equal by its arguments.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class MethodCache<TKey, T>
    where TKey : struct, IEquatable<TKey>
{
    private readonly Plan _plan;
    private readonly LruStore<TKey, T>? _own;
    private readonly object _lock = new();

    /// <summary>Guarded by the lock.</summary>
    private readonly Dictionary<TKey, Flight<T>> _flights = [];

    private MethodCache(Plan plan)
    {
        _plan = plan;
        _own = plan.HasCacheMember ? null : new LruStore<TKey, T>(plan.CacheSize, plan.CacheTime, plan.CacheSlidingTime);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MethodCache<TKey, T> In(ref object? store, Plan plan) =>
        Volatile.Read(ref store) as MethodCache<TKey, T> ?? Find(ref store, plan);

    public IResultStore<TKey, T> Store(object? supplied) => _own is not null
        ? _own
        : new UserStore<TKey, T>(
            supplied as IMemoryCache ?? throw new InvalidOperationException($"The member that Cache names on {_plan.Name} is null."),
            this,
            _plan);

    public bool TryGetOwn(in TKey key, out StoredResult<T>? entry)
    {
        entry = null;
        return _own is not null && _own.TryGet(key, out entry);
    }

    /// <summary>The call in progress for this key; a new one if there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="store">Checked once more: the call may have ended just now.</param>
    /// <param name="start">Makes the new one, without starting it.</param>
    /// <param name="entry">The result, if there is one after all.</param>
    /// <param name="isNew">Whether the flight must be started.</param>
    public Flight<T>? GetOrAddFlight(
        TKey key, IResultStore<TKey, T> store, Func<Flight<T>> start, out StoredResult<T>? entry, out bool isNew)
    {
        lock (_lock)
        {
            isNew = false;
            if (_flights.TryGetValue(key, out var flight))
            {
                entry = null;
                return flight;
            }

            if (store.TryGet(key, out entry))
            {
                return null;
            }

            isNew = true;
            return _flights[key] = start();
        }
    }

    public void RemoveFlight(TKey key, Flight<T> flight)
    {
        lock (_lock)
        {
            if (_flights.TryGetValue(key, out var current) && current == flight)
            {
                _flights.Remove(key);
            }
        }
    }

    /// <summary>For the first use, or for a generic method: its instantiations share the field, and each has its own cache.</summary>
    private static MethodCache<TKey, T> Find(ref object? store, Plan plan)
    {
        while (true)
        {
            var kept = Volatile.Read(ref store);
            switch (kept)
            {
                case MethodCache<TKey, T> own:
                    return own;
                case ConcurrentDictionary<Type, object> many:
                    return (MethodCache<TKey, T>)many.GetOrAdd(
                        typeof(MethodCache<TKey, T>), static (_, p) => new MethodCache<TKey, T>(p), plan);
                case null:
                    Interlocked.CompareExchange(ref store, new MethodCache<TKey, T>(plan), null);
                    break;
                default:
                    Interlocked.CompareExchange(ref store, new ConcurrentDictionary<Type, object> { [kept.GetType()] = kept }, kept);
                    break;
            }
        }
    }
}

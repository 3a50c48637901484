using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;
using Sitters.Runtime.Telemetry;

namespace Sitters.Runtime.Caching;

/// <summary>The cache of one sat method, or of one instance's: its results, and the calls in progress that will add more.</summary>
/// <typeparam name="TKey">The call, equal by its arguments.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class MethodCache<TKey, T>
    where TKey : struct, IEquatable<TKey>
{
    /// <summary>Null if the results are in a cache of the user's.</summary>
    private readonly LruStore<TKey, T>? _own;
    private readonly object _lock = new();

    /// <summary>Changed only under the lock.</summary>
    private KeyTable<TKey, Flight<T>> _flights = new();

    public MethodCache(Plan plan)
    {
        Limits = plan.Cache;
        if (plan.HasCacheMember)
        {
            Clearing = new CancellationTokenSource();
        }
        else
        {
            _own = new LruStore<TKey, T>(Limits, reason => CacheTelemetry.Evict(plan.Name, reason));
        }
    }

    /// <summary>What was in force where and when it began.</summary>
    public CacheLimits Limits { get; }

    /// <summary>Where it began to be used, which it belongs to from then on; null for the process.</summary>
    public SitterScope? Scope { get; } = SitterScope.Current;

    /// <summary>Takes the results out of the user's cache; null if there is none.</summary>
    public CancellationTokenSource? Clearing { get; }

    /// <summary>How many results it holds; none where they are in a cache of the user's.</summary>
    public long Count => _own?.Count ?? 0;

    public IResultStore<TKey, T> Store(object? supplied, Plan plan) => (IResultStore<TKey, T>?)_own
        ?? new UserStore<TKey, T>(
            supplied as IMemoryCache ?? throw new InvalidOperationException($"The member that Cache names on {plan.Name} is null."),
            this,
            plan.Cache,
            Clearing!.Token);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetOwn(in TKey key, int hash, out StoredResult<T>? entry)
    {
        entry = null;
        return _own is not null && _own.TryGet(key, hash, out entry);
    }

    /// <summary>The call in progress for this key; a new one if there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash code.</param>
    /// <param name="store">Checked once more: the call may have ended just now.</param>
    /// <param name="create">Makes the new one, without starting it.</param>
    /// <param name="entry">The result, if there is one after all.</param>
    /// <param name="isNew">Whether the flight must be started.</param>
    public Flight<T>? GetOrAddFlight(
        in TKey key, int hash, IResultStore<TKey, T> store, Func<Flight<T>> create, out StoredResult<T>? entry, out bool isNew)
    {
        entry = null;
        isNew = false;
        Flight<T>? created = null;
        while (true)
        {
            if (_flights.Find(key, hash, out var place) is { } flight)
            {
                return flight;
            }

            // A flight stores its result before it leaves the table. So if there is none here, its result is there; and if one comes or
            // goes in between, the place has changed.
            if (store.TryGet(key, hash, out entry))
            {
                return null;
            }

            created ??= create();
            lock (_lock)
            {
                if (_flights.IsUnchanged(place))
                {
                    _flights.Add(key, hash, created);
                    isNew = true;
                    return created;
                }
            }
        }
    }

    public void RemoveFlight(int hash, Flight<T> flight)
    {
        lock (_lock)
        {
            _flights.Remove(hash, flight);
        }
    }
}

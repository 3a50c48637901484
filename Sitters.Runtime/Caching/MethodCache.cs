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
    /// <summary>Replaced under the lock, and read without it.</summary>
    private LruStore<TKey, T>? _own;
    private readonly object _lock = new();

    /// <summary>Changed only under the lock.</summary>
    private readonly KeyTable<TKey, Flight<T>> _flights = new();

    public MethodCache(Plan plan)
    {
        if (plan.HasCacheMember)
        {
            Clearing = new CancellationTokenSource();
        }
        else
        {
            _own = Own(plan);
        }
    }

    /// <summary>Where it began to be used, which it belongs to from then on; null for the process.</summary>
    public SitterScope? Scope { get; } = SitterScope.Current;

    /// <summary>Takes the results out of the user's cache; null if there is none.</summary>
    public CancellationTokenSource? Clearing { get; }

    /// <summary>How many results it holds; none where they are in a cache of the user's.</summary>
    public long Count => Volatile.Read(ref _own)?.Count ?? 0;

    public IResultStore<TKey, T> Store(object? supplied, Plan plan) => (IResultStore<TKey, T>?)Volatile.Read(ref _own)
        ?? new UserStore<TKey, T>(
            supplied as IMemoryCache ?? throw new InvalidOperationException($"The member that Cache names on {plan.Name} is null."),
            this,
            plan.Cache,
            Clearing!.Token);

    /// <summary>
    /// Begins anew with other limits, if they are others. Only where the cache belongs: a call in another scope, which has the same object,
    /// takes it as it is.
    /// </summary>
    public void KeepTo(Plan plan)
    {
        if (Volatile.Read(ref _own) is not { } own || own.Limits == plan.Cache || SitterScope.Current != Scope)
        {
            return;
        }

        lock (_lock)
        {
            own = _own!;
            if (own.Limits == plan.Cache)
            {
                return;
            }

            Volatile.Write(ref _own, Own(plan));
        }

        CacheTelemetry.Evict(plan.Name, CacheTelemetry.Cleared, own.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetOwn(in TKey key, int hash, out StoredResult<T>? entry)
    {
        entry = null;
        return Volatile.Read(ref _own) is { } own && own.TryGet(key, hash, out entry);
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

    private static LruStore<TKey, T> Own(Plan plan) => new(plan.Cache, reason => CacheTelemetry.Evict(plan.Name, reason));

    public void RemoveFlight(int hash, Flight<T> flight)
    {
        lock (_lock)
        {
            _flights.Remove(hash, flight);
        }
    }
}

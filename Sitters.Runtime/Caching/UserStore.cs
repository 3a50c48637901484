using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Caching;

/// <summary>The user's cache, which the member may replace between calls.</summary>
/// <typeparam name="TKey">The call, equal by its arguments.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class UserStore<TKey, T>(IMemoryCache cache, object owner, Plan plan) : IResultStore<TKey, T>
    where TKey : struct, IEquatable<TKey>
{
    public bool TryGet(in TKey key, [NotNullWhen(true)] out StoredResult<T>? entry)
    {
        var hit = cache.TryGetValue(new Key(owner, key), out var value);
        entry = hit ? new StoredResult<T>((T)value!) : null;
        return hit;
    }

    public void Set(TKey key, T value)
    {
        using var entry = cache.CreateEntry(new Key(owner, key));
        entry.Value = value;

        // A cache with a SizeLimit refuses entries without a size; others ignore it.
        entry.Size = 1;
        entry.AbsoluteExpirationRelativeToNow = plan.CacheTime;
        entry.SlidingExpiration = plan.CacheSlidingTime;
    }

    /// <summary>The owner identifies the method, and also the instance if each has its own results.</summary>
    private sealed record Key(object Owner, TKey Call);
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;
using Sitters.Runtime.Execution;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Caching;

/// <summary>The user's cache, which the member may replace between calls.</summary>
/// <param name="cache">The user's.</param>
/// <param name="owner">Identifies the method, and also the instance if each has its own results.</param>
/// <param name="limits">For how long a result is kept.</param>
/// <param name="cleared">Fires when the method's results are to be dropped.</param>
/// <typeparam name="TKey">The call, equal by its arguments.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
[StackTraceHidden]
internal sealed class UserStore<TKey, T>(IMemoryCache cache, object owner, CacheLimits limits, CancellationToken cleared) : IResultStore<TKey, T>
    where TKey : struct, IEquatable<TKey>
{
    public bool TryGet(in TKey key, int hash, [NotNullWhen(true)] out StoredResult<T>? entry)
    {
        var hit = cache.TryGetValue(new Key(owner, key, hash), out var value);
        entry = hit ? new StoredResult<T>((T)value!) : null;
        return hit;
    }

    public void Set(in TKey key, int hash, T value)
    {
        if (cleared.IsCancellationRequested)
        {
            return;
        }

        using var entry = cache.CreateEntry(new Key(owner, key, hash));
        entry.Value = value;

        // A cache with a SizeLimit refuses entries without a size; others ignore it.
        entry.Size = 1;
        entry.AbsoluteExpirationRelativeToNow = limits.Time;
        entry.SlidingExpiration = limits.SlidingTime;
        entry.AddExpirationToken(new CancellationChangeToken(cleared));
    }

    /// <summary>Its hash code is that of the beginning: a cache that meets another one later can't find its own entry again.</summary>
    private sealed class Key(object owner, TKey call, int hash) : IEquatable<Key>
    {
        private readonly object _owner = owner;
        private readonly TKey _call = call;
        private readonly int _hash = hash;

        public bool Equals(Key? other) =>
            other is not null && _hash == other._hash && _owner == other._owner && _call.Equals(other._call);

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_owner), _hash);
    }
}

using System.Diagnostics.CodeAnalysis;
using Sitters.Runtime.Execution;

namespace Sitters.Runtime.Caching;

/// <summary>Where the results of a sat method are kept: a cache of our own, or the user's.</summary>
/// <remarks>The hash code of a key is asked for once, when its call begins, and passed on: the key may have changed since.</remarks>
/// <typeparam name="TKey">The call, equal by its arguments.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
internal interface IResultStore<TKey, T>
{
    bool TryGet(in TKey key, int hash, [NotNullWhen(true)] out StoredResult<T>? entry);

    void Set(in TKey key, int hash, T value);
}

using System.ComponentModel;

namespace Sitters.Runtime.Execution;

/// <summary>One call of a sat method with a cache; equality is that of the arguments.</summary>
/// <typeparam name="TTask">What the method returns.</typeparam>
/// <typeparam name="TSelf">The struct itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISatCachedMethod<TTask, TSelf> : ISatMethod<TTask>, IEquatable<TSelf>
{
    /// <summary>What a cache may keep of the call.</summary>
    /// <returns>A copy without the instance and the tokens.</returns>
    TSelf Key();

    /// <summary>Where the cache is kept.</summary>
    /// <returns>A field of the instance, or a static one.</returns>
    ref object? Store();
}

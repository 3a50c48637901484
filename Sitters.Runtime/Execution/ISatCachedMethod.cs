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

    /// <summary>Whose cache it is.</summary>
    /// <returns>The instance; null if all share one cache.</returns>
    object? Instance();
}

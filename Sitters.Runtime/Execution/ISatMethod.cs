using System.ComponentModel;
using Sitters.Runtime.Gating;
using Sitters.Runtime.Plans;

namespace Sitters.Runtime.Execution;

/// <summary>One call of a sat method, with its arguments: the weaver makes a struct that implements this for each sat method.</summary>
/// <typeparam name="TTask">What the method returns.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISatMethod<TTask>
{
    /// <summary>Calls the method's own body with the arguments of this call.</summary>
    /// <param name="frame">Stands for the attempt; where the method is disabled, for the helper that it is then; null outside of any call.</param>
    /// <returns>What the body returns.</returns>
    TTask Invoke(Frame? frame);

    /// <summary>Calls a hook.</summary>
    /// <param name="id">Which one, numbered as in <see cref="PlanOptions"/>.</param>
    /// <param name="context">For hooks that take it.</param>
    /// <returns>The hook's task.</returns>
    ValueTask Hook(int id, SitContext context);

    /// <summary>The value of the member that <see cref="SitAttribute.Retry"/> names.</summary>
    /// <returns>The user's object, or null.</returns>
    object? Retry();

    /// <summary>The value of the member that <see cref="SitAttribute.Cache"/> names.</summary>
    /// <returns>The user's object, or null.</returns>
    object? Cache();

    /// <summary>A token that the caller passed.</summary>
    /// <param name="index">Counts the token parameters only.</param>
    /// <returns>The caller's token.</returns>
    CancellationToken Token(int index);
}

using Sitters.Runtime.Gating;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Execution;

/// <summary>What a woven method brings to its call: the body, the hooks, the members that its settings name.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal interface ICallBody<T> : IHookSource
{
    /// <summary>Calls the method's own body.</summary>
    /// <returns>Its task, or null where a body that is not async returned that.</returns>
    Task? Invoke(Frame frame);

    /// <summary>The result of the task that <see cref="Invoke"/> gave.</summary>
    T ResultOf(Task task);

    object? RetryMember();

    /// <summary>An attempt is over, by its own end or because it is left behind.</summary>
    /// <param name="scope">The attempt.</param>
    /// <param name="body">The body's task.</param>
    /// <param name="hasEnded">False where it is left behind.</param>
    /// <param name="token">The token of the resilience pipeline that ran the attempt.</param>
    /// <returns>What it has come to.</returns>
    ValueTask<AttemptOutcome<T>> EndAttempt(Scope scope, Task body, bool hasEnded, CancellationToken token);
}

using Sitters.Runtime.Gating;
using Sitters.Runtime.Retrying;

namespace Sitters.Runtime.Execution;

/// <summary>What a woven method contributes to its call: the body, the hooks, and the members that its settings name.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal interface ICallBody<T> : IHookSource
{
    /// <summary>The scope that the first attempt runs in, where the body was given its token before; else null.</summary>
    Scope? FirstScope => null;

    /// <summary>Calls the method's own body.</summary>
    /// <returns>Its task; null if a body that is not async returned null.</returns>
    Task? Invoke(Frame frame);

    /// <summary>The result of the task that <see cref="Invoke"/> gave.</summary>
    T ResultOf(Task task);

    object? RetryMember();

    /// <summary>An attempt is over: it has ended, or is left behind.</summary>
    /// <param name="scope">The attempt.</param>
    /// <param name="body">The body's task.</param>
    /// <param name="hasEnded">False if it is left behind.</param>
    /// <param name="token">The token of the resilience pipeline that ran the attempt.</param>
    /// <returns>Its outcome.</returns>
    ValueTask<AttemptOutcome<T>> EndAttempt(Scope scope, Task body, bool hasEnded, CancellationToken token);
}

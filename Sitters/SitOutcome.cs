namespace Sitters;

/// <summary>What the caller of a timed-out or cancelled call gets.</summary>
public enum SitOutcome
{
    /// <summary>The call returns <c>default</c>.</summary>
    ReturnDefault,

    /// <summary>
    /// The call throws: <see cref="TimeoutException"/> after a timeout, <see cref="OperationCanceledException"/> after a cancel.
    /// </summary>
    Throw,
}

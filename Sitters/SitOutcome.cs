namespace Sitters;

/// <summary>What the caller of a timed-out or cancelled call gets.</summary>
public enum SitOutcome
{
    /// <summary>
    /// <see cref="ReturnDefault"/> where the result can say "no result": there is none at all, it is a nullable value type, or a
    /// reference type that is not declared non-nullable. <see cref="Throw"/> everywhere else, streams included.
    /// </summary>
    Auto,

    /// <summary>The call returns <c>default</c>; a stream ends as if it were complete.</summary>
    ReturnDefault,

    /// <summary>
    /// The call throws: <see cref="TimeoutException"/> after a timeout, <see cref="OperationCanceledException"/> after a cancel.
    /// </summary>
    Throw,
}

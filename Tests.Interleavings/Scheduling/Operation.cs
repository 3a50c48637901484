namespace Tests.Interleavings.Scheduling;

/// <summary>What a thread does, or is about to do.</summary>
/// <param name="Place">Where.</param>
/// <param name="Writes">Whether it may change what is there.</param>
/// <param name="Kind">How it is done.</param>
internal readonly record struct Operation(Place Place, bool Writes, OperationKind Kind)
{
    /// <summary>It matters which of the two comes first.</summary>
    public bool Meets(Operation other) => Place == other.Place && (Writes || other.Writes);
}

internal enum OperationKind
{
    /// <summary>Another thread may have got its turn before.</summary>
    Point,

    /// <summary>It belongs to what its thread did before: none may.</summary>
    Undivided,

    /// <summary>A lock is taken.</summary>
    Lock,
}

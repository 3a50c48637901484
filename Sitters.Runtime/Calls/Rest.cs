namespace Sitters.Runtime.Calls;

/// <summary>What the calls of a domain do, for whoever moves their clock.</summary>
internal enum Rest
{
    /// <summary>There is none.</summary>
    NoCalls,

    /// <summary>Code of one runs, or is about to.</summary>
    Running,

    /// <summary>All are suspended, at least one of them at something of which the clock knows nothing.</summary>
    AtOtherThings,

    /// <summary>All are suspended, and nothing but the clock brings them on.</summary>
    AtClock,
}

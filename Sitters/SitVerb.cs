namespace Sitters;

/// <summary>What can be done to sat calls from outside.</summary>
public enum SitVerb
{
    /// <summary>They stand still at their next await.</summary>
    Pause,

    /// <summary>They go on from where they stand.</summary>
    Resume,

    /// <summary>They are interrupted, and start again from their beginning.</summary>
    Restart,

    /// <summary>They are interrupted, and end.</summary>
    Cancel,
}

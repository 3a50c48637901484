namespace Sitters.Rules;

/// <summary>What a method returns.</summary>
internal enum Returned
{
    Other,
    Void,
    Task,
    TaskOf,
    ValueTask,
    ValueTaskOf,
    Stream,

    /// <summary>A stream, of which there is one enumeration only.</summary>
    Enumerator,
}

namespace Sitters.Fody.Model;

/// <summary>What a method hands back.</summary>
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

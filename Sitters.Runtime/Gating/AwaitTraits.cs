using System.ComponentModel;

namespace Sitters.Runtime.Gating;

/// <summary>
/// What the weaver knows of one await. Woven code passes it as a constant. The upper 24 bits are the number of the await in the map of
/// awaits of its module; 0 where it has none.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[Flags]
public enum AwaitTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The await resumes on the context where it suspended.</summary>
    CapturesContext = 1,

    /// <summary>An operation that is awaited was given a token: asked to end, it ends by itself.</summary>
    Settles = 2,

    /// <summary>What is awaited was begun elsewhere: the await makes no call that an interrupt could leave out.</summary>
    FindsTask = 4,

    /// <summary>It only lets time pass and brings nothing: an interrupt ends it where it stands, even when it is over.</summary>
    OnlyWaits = 8,

    /// <summary>It stands in a <c>finally</c>, or disposes of something: no interrupt ends it.</summary>
    CleansUp = 16,
}

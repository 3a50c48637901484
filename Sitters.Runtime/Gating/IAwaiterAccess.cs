using System.ComponentModel;

namespace Sitters.Runtime.Gating;

/// <summary>
/// What the gate needs of an awaiter beyond INotifyCompletion. C# finds those members by name, so generic code needs
/// one such struct for each kind of awaiter; the weaver picks it.
/// </summary>
/// <typeparam name="TAwaiter">The awaiter.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAwaiterAccess<TAwaiter>
{
    /// <summary>Whether the members below can tell anything about the awaiter.</summary>
    static abstract bool IsKnown { get; }

    /// <summary>Whether what is awaited has ended.</summary>
    /// <param name="awaiter">The awaiter.</param>
    /// <returns>True if it has ended.</returns>
    static abstract bool IsCompleted(ref TAwaiter awaiter);

    /// <summary>Looks at the outcome of what has ended. The method can take it afterwards all the same.</summary>
    /// <param name="awaiter">The awaiter; another one with the same outcome, if it could be taken only once.</param>
    /// <returns>The exception, or null for a result.</returns>
    static abstract Exception? Failure(ref TAwaiter awaiter);

    /// <summary>Registers a callback for the end.</summary>
    /// <param name="awaiter">The awaiter.</param>
    /// <param name="continuation">What to call.</param>
    static abstract void OnCompleted(ref TAwaiter awaiter, Action continuation);
}

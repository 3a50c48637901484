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
    /// <summary>Whether the outcome may be taken more than once.</summary>
    static abstract bool IsRepeatable { get; }

    /// <summary>Whether what is awaited has ended.</summary>
    /// <param name="awaiter">The awaiter.</param>
    /// <returns>True if it has ended.</returns>
    static abstract bool IsCompleted(ref TAwaiter awaiter);

    /// <summary>Takes the outcome, only for the exception that it may throw.</summary>
    /// <param name="awaiter">The awaiter.</param>
    static abstract void GetResult(ref TAwaiter awaiter);

    /// <summary>Registers a callback for the end.</summary>
    /// <param name="awaiter">The awaiter.</param>
    /// <param name="continuation">What to call.</param>
    static abstract void OnCompleted(ref TAwaiter awaiter, Action continuation);
}

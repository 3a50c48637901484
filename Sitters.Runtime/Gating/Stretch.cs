namespace Sitters.Runtime.Gating;

/// <summary>A piece of a method's run, from one of its awaits to the next.</summary>
/// <param name="Frame">The method's frame; null for code of no call.</param>
/// <param name="Number">How many awaits have suspended the method before.</param>
internal readonly record struct Stretch(Frame? Frame, int Number)
{
    /// <summary>The one that this thread is in.</summary>
    public static Stretch Running => ThreadSlot.Existing?.Current is { } frame ? new(frame, frame.Node?.Count ?? 0) : default;

    /// <summary>The one that came before the await at which a method stands.</summary>
    public static Stretch Before(Frame frame) => new(frame, frame.Node is { } node ? node.Count - 1 : 0);
}

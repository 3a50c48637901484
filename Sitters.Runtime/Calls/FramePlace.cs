using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>Where one method stands at some moment.</summary>
/// <param name="Frame">The method's frame.</param>
/// <param name="Parent">That of the method that waits for it; null for the root.</param>
/// <param name="Module">The id of its module; 0 if it has not suspended yet.</param>
/// <param name="Site">The await that it is at, or was at last; 0 if that is not known.</param>
/// <param name="Since">Since when it is suspended there, by <see cref="Time.CoarseTime"/>; 0 while it runs code.</param>
internal readonly record struct FramePlace(Frame Frame, Frame? Parent, int Module, int Site, int Since)
{
    public bool IsSuspended => Since != 0;

    public static FramePlace Of(Frame frame, Frame? parent)
    {
        if (frame.Node is not { } node)
        {
            return new FramePlace(frame, parent, 0, 0, 0);
        }

        // The method may go on, and suspend elsewhere, at any moment: then it runs, as far as anybody can tell.
        var suspensions = node.Count;
        Interlocked.MemoryBarrier();
        var (site, since) = (node.Site, SinceOf(frame, node));
        Interlocked.MemoryBarrier();
        return new FramePlace(frame, parent, node.Module, site, node.Count == suspensions ? since : 0);
    }

    /// <summary>One that was interrupted stands where it was left, until its context or the end of a pause lets it throw there.</summary>
    private static int SinceOf(Frame frame, AwaitNode node) =>
        frame.Phase == InterruptPhase.Due && node.LeftBehind is { } left ? left.Since
        : node.StandsStill ? node.Since
        : 0;
}

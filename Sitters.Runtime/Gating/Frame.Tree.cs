namespace Sitters.Runtime.Gating;

/// <summary>What the tree keeps in its frames. Guarded by its lock.</summary>
public abstract partial class Frame
{
    /// <summary>
    /// The frame that waits for its children in its place, since it has ended itself; a scope has none.
    /// </summary>
    internal virtual Frame? Successor
    {
        get => null;
        set => throw new InvalidOperationException("Nothing outlives its scope.");
    }

    // The tree's list of what runs beside the root.

    internal virtual Frame? NextLive
    {
        get => null;
        set => throw new InvalidOperationException("A scope is in no list.");
    }

    internal virtual Frame? PreviousLive
    {
        get => null;
        set => throw new InvalidOperationException("A scope is in no list.");
    }
}

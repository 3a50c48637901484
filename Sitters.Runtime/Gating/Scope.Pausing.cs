namespace Sitters.Runtime.Gating;

// How what runs in a scope is held back.
internal sealed partial class Scope
{
    /// <summary>Makes no tree: very many calls may be paused at once.</summary>
    public void Pause()
    {
        lock (this)
        {
            Interlocked.Or(ref _flags, Paused);
            Epoch = SlowPathOnly;
        }
    }

    /// <summary>Ends the pause.</summary>
    /// <returns>The awaits to be continued; null if there are none.</returns>
    public List<AwaitNode>? Resume()
    {
        lock (this)
        {
            Interlocked.And(ref _flags, ~Paused);
            return Volatile.Read(ref _tree)?.TakeParkedLocked();
        }
    }

    /// <summary>The same for a scope that has ended, in which nothing is held back from here on.</summary>
    public List<AwaitNode>? LetGo() => Volatile.Read(ref _tree) is null ? null : Resume();

    /// <inheritdoc cref="FrameTree.InterruptAfterPause"/>
    public void InterruptAfterPause()
    {
        if (IsInterrupted)
        {
            Tree.InterruptAfterPause();
        }
    }

    public bool TryPark(AwaitNode node)
    {
        CatchUp();
        return IsPaused && Tree.TryPark(node);
    }

    /// <inheritdoc cref="FrameTree.TryParkInterrupted"/>
    public bool TryParkInterrupted(AwaitNode node) => IsPaused && Tree.TryParkInterrupted(node);
}

namespace Sitters;

/// <summary>
/// A running host (Sitters.Hosting) that sees to the calls of a scope: the signals by which hosts are stopped leave them to it.
/// </summary>
internal abstract class CallHost
{
    /// <summary>The scope whose calls are its own, with those of the scopes that began inside it.</summary>
    internal abstract SitterScope Scope { get; }

    /// <summary>Whether it sees to the calls of no scope too, as long as no host that was started earlier does.</summary>
    internal abstract bool TakesUnscopedCalls { get; }

    /// <summary>A signal to stop has come, which is not one and the same with the last one.</summary>
    internal abstract StopSignalEffect OnStopSignal();

    /// <summary>A host was started or has stopped. Called while a lock is held: runs nothing of the user's.</summary>
    internal abstract void OnHostsChanged();
}

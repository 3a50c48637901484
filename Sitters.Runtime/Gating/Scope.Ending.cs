namespace Sitters.Runtime.Gating;

// How a call ends that nobody has asked about.
internal sealed partial class Scope
{
    /// <summary>Ends a call that nobody has asked about, and keeps anybody from asking.</summary>
    /// <returns>False if the call is known, and others must learn of its end.</returns>
    public bool TryEndUnobserved()
    {
        if (!Flows && IsUnshared)
        {
            // Not marked as ended: the scope is reused (ABA), and another thread may still hold it from the call before.
            return true;
        }

        if (!TryClaim(EndedOwner.Instance))
        {
            return false;
        }

        // Nobody else writes here now, and an interlocked write would cost as much as the rest.
        _flags = Ended;
        return true;
    }

    /// <summary>Owns a scope whose call has ended without anybody asking about it.</summary>
    private sealed class EndedOwner : IScopeOwner
    {
        public static EndedOwner Instance { get; } = new();

        public TimeProvider TimeProvider => TimeProvider.System;

        public void CatchUp(Scope scope)
        {
        }

        public void CheckTime(Scope scope)
        {
        }

        public void OnInterrupted(Scope scope)
        {
        }

        public void OnBodyEnded(Scope scope)
        {
        }

        public void OnLeft(Scope scope)
        {
        }

        public void OnUsersCodeFailed(Exception exception)
        {
        }
    }
}

namespace Sitters;

/// <summary>Sees what happens to all sat calls: derive from it, override what is of interest, and pass it to <see cref="Sitter.Observe"/>.</summary>
/// <remarks>
/// Its methods run under no lock, one after the other for one call, and at the same time for different calls. An exception goes to the
/// trace and no further. A method that blocks holds up the call that it is told about, and no other.
/// </remarks>
public abstract class SitObserver
{
    /// <summary>A call begins: before the wait for the end of a pause, and before its startup hooks.</summary>
    /// <param name="call">The call.</param>
    public virtual void Started(SitContext call)
    {
    }

    /// <summary>An attempt begins: <see cref="SitContext.Attempt"/> is its number.</summary>
    /// <param name="call">The call.</param>
    public virtual void Attempting(SitContext call)
    {
    }

    /// <summary>An attempt has failed and is retried: before the retry hooks and the wait for the next attempt.</summary>
    /// <param name="call">The call.</param>
    /// <param name="exception">What the attempt failed with; null where its result is the reason.</param>
    public virtual void Retrying(SitContext call, Exception? exception)
    {
    }

    /// <summary>The call was told to pause.</summary>
    /// <param name="call">The call.</param>
    public virtual void Paused(SitContext call)
    {
    }

    /// <summary>No pause covers the call any more.</summary>
    /// <param name="call">The call.</param>
    public virtual void Resumed(SitContext call)
    {
    }

    /// <summary>The call was interrupted: <see cref="SitContext.Interrupt"/> says why.</summary>
    /// <param name="call">The call.</param>
    public virtual void Interrupted(SitContext call)
    {
    }

    /// <summary>The call starts again: its attempt has ended, and before the restart hooks.</summary>
    /// <param name="call">The call.</param>
    public virtual void Restarted(SitContext call)
    {
    }

    /// <summary>
    /// The call has ended, its hooks have run, and its caller gets the outcome next. Nobody is told any more of a pause, the end of one, or
    /// an interrupt of it.
    /// </summary>
    /// <param name="call">The call.</param>
    public virtual void Ended(SitContext call)
    {
    }

    /// <summary>The cache of a method was asked. A hit makes no call, so there is no context.</summary>
    /// <param name="methodName">The method's full name.</param>
    /// <param name="isHit">Whether there was a result.</param>
    public virtual void CacheRead(string methodName, bool isHit)
    {
    }

    /// <summary>A hook has failed, as <see cref="Sitter.HookFailed"/> says.</summary>
    /// <param name="call">The call.</param>
    /// <param name="exception">What it failed with.</param>
    public virtual void HookFailed(SitContext call, Exception exception)
    {
    }

    /// <summary>The cleanup of an interrupted attempt has taken longer than its grace: it is left behind.</summary>
    /// <param name="call">The call.</param>
    public virtual void GraceOverrun(SitContext call)
    {
    }
}

namespace Sitters;

/// <summary>Why a sat call was interrupted.</summary>
public enum SitInterrupt
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The time of the call, or of its last attempt, was over.</summary>
    Timeout,

    /// <summary>A signal or the API cancelled it, or the call that it runs in was interrupted.</summary>
    Cancel,

    /// <summary>A <see cref="CancellationToken"/> that the caller passed in was cancelled.</summary>
    CallerCancel,

    /// <summary>A signal or the API asked it to start again.</summary>
    Restart,
}

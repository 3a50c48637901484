namespace Sitters;

/// <summary>The state of a sat call.</summary>
public enum SitState
{
    /// <summary>It has not begun, and waits because everything is paused.</summary>
    Pending,

    /// <summary>Its startup hooks or an attempt are running, or it waits between two attempts.</summary>
    Running,

    /// <summary>It is paused, stands still, and continues from where it is when it is resumed.</summary>
    Paused,

    /// <summary>Its attempt was interrupted, and it is about to start again from its beginning.</summary>
    Restarting,

    /// <summary>It ended with a result.</summary>
    Completed,

    /// <summary>It ended with an exception.</summary>
    Failed,

    /// <summary>It ended because its time was over.</summary>
    TimedOut,

    /// <summary>It ended because it was cancelled.</summary>
    Cancelled,

    /// <summary>It was told to pause, and some of its code is still on its way to the next await.</summary>
    Pausing,
}

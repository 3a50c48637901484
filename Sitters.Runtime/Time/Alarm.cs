namespace Sitters.Runtime.Time;

/// <summary>Rings at a time that can be set again and again.</summary>
internal abstract class Alarm
{
    /// <summary>The time of an alarm that is off.</summary>
    public const long Never = long.MaxValue;

    /// <summary>
    /// Notes when to ring next, by <see cref="Clock"/>, or never. Runs no code of the user's; its caller orders the changes.
    /// </summary>
    public abstract void Want(long time);

    /// <summary>Carries out what was wanted last. May run code of the user's, so no lock may be held.</summary>
    /// <returns>What the clock has thrown, which keeps the alarm from nothing.</returns>
    public abstract Exception? Apply();
}

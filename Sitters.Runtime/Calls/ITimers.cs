using Sitters.Runtime.Gating;

namespace Sitters.Runtime.Calls;

/// <summary>What a clock that a test moves knows of the timers that wait for it.</summary>
internal interface ITimers
{
    /// <summary>Whether a delay waits that was begun in a stretch of a method.</summary>
    bool HasDelayOf(Stretch stretch);

    /// <summary>Whether a delay waits that ends at a time, by <see cref="Time.Clock"/>.</summary>
    bool HasDelayUntil(long time);

    /// <summary>Whether a timer waits that rings again and again.</summary>
    bool HasPeriodic { get; }
}

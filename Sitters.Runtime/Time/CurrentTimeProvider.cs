namespace Sitters.Runtime.Time;

/// <summary>
/// Always the current <see cref="Sitter.TimeProvider"/>, for objects that keep the clock they are created with. Where that fails it is told of,
/// and throws nothing: most of its timers ring on threads where that would end the process.
/// </summary>
internal sealed class CurrentTimeProvider : TimeProvider
{
    public static CurrentTimeProvider Instance { get; } = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => Sitter.TimeProvider.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => Clock.ReadTimeOfDay(Sitter.TimeProvider);

    /// <summary>In ticks.</summary>
    public override long GetTimestamp() => Clock.ReadFine(Sitter.TimeProvider);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (Sitter.TimeProvider is var clock && clock == System)
        {
            return clock.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new ClockTimer(clock, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

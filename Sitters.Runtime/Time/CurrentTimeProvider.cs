namespace Sitters.Runtime.Time;

/// <summary>Always the current <see cref="Sitter.TimeProvider"/>, for objects that keep the clock they are created with.</summary>
internal sealed class CurrentTimeProvider : TimeProvider
{
    public static CurrentTimeProvider Instance { get; } = new();

    public override long TimestampFrequency => Sitter.TimeProvider.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => Sitter.TimeProvider.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => Sitter.TimeProvider.GetUtcNow();

    public override long GetTimestamp() => Sitter.TimeProvider.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Sitter.TimeProvider.CreateTimer(callback, state, dueTime, period);
}

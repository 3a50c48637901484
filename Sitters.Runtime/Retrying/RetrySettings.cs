using Polly;

namespace Sitters.Runtime.Retrying;

/// <summary>What [Sit] says about retries.</summary>
internal sealed record RetrySettings
{
    /// <summary>The method's full name.</summary>
    public required string Name { get; init; }

    /// <summary>In total, the first included.</summary>
    public required int MaxAttempts { get; init; }

    public required TimeSpan Delay { get; init; }

    public required DelayBackoffType Backoff { get; init; }

    public required bool UseJitter { get; init; }

    public required TimeSpan? MaxDelay { get; init; }

    public required Type[]? RetryOn { get; init; }

    public required Type[]? AbortOn { get; init; }

    /// <summary>The user supplies the strategy.</summary>
    public required bool HasMember { get; init; }
}

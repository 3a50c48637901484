namespace Sitters.Runtime.Remote;

/// <summary>What somebody outside asks for: one line, read and found to be in order.</summary>
internal sealed class RemoteRequest
{
    /// <summary>Chosen by whoever asks, and in each line of the answer; null if there is none.</summary>
    public string? Id { get; set; }

    /// <summary>What to do: one of <see cref="RequestKinds"/>.</summary>
    public string Do { get; set; } = "";

    /// <summary>After this it is not carried out any more.</summary>
    public DateTimeOffset? Until { get; set; }

    public bool HasExpired => Until < DateTimeOffset.UtcNow;

    public Selection Selection { get; } = new();

    public int? Limit { get; set; }

    public string? Reason { get; set; }

    public string? Identity { get; set; }

    public TimeSpan? For { get; set; }

    public double? Rate { get; set; }

    public bool DryRun { get; set; }
}

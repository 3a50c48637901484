namespace Sitters.Hosting;

/// <summary>How Sitters behaves under a host.</summary>
public sealed class SittersOptions
{
    /// <summary>
    /// How long, in seconds, calls under way may go on after the host was told to stop; what then still runs is cancelled, with its hooks. 0 cancels
    /// at once. Default: none, which is the host's own <c>ShutdownTimeout</c> less two seconds.
    /// </summary>
    public double? DrainSeconds { get; set; }
}

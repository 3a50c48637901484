using Microsoft.Extensions.Hosting;

namespace Sitters.Hosting;

/// <summary>How Sitters behaves under a host.</summary>
public sealed class SittersOptions
{
    /// <summary>What the host keeps for itself by default: to run the hooks of what is cancelled, and to stop its services.</summary>
    private static readonly TimeSpan _reserve = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long, in seconds, calls under way may go on after the host was told to stop; what then still runs is cancelled, with its hooks. 0
    /// cancels at once. Default: none, which is the host's own <c>ShutdownTimeout</c> less two seconds.
    /// </summary>
    public double? DrainSeconds { get; set; }

    /// <summary>The same in force; infinite where the host's is.</summary>
    internal TimeSpan DrainTime(HostOptions host) =>
        DrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds)
        : host.ShutdownTimeout == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan
        : host.ShutdownTimeout > _reserve ? host.ShutdownTimeout - _reserve
        : TimeSpan.Zero;
}

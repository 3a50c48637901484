using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sitters.Hosting.Health;
using Sitters.Hosting.Life;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Sitters to health checks.</summary>
public static class SittersHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is degraded while sat calls of the host are paused, and says who paused them, since when and why. It bears the tag
    /// <c>ready</c>: a paused program is not ready for more work, but it lives, and nothing should start it anew.
    /// </summary>
    /// <param name="builder">The health checks of the host.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="tags">Its tags. Default: <c>ready</c> alone.</param>
    /// <returns>The same health checks.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHealthChecksBuilder AddSitters(
        this IHealthChecksBuilder builder, string name = "sitters", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, static services => new PauseCheck(services.GetService<HostedCalls>()), failureStatus: null, tags ?? ["ready"]));
    }
}

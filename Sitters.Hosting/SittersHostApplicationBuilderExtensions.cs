using Microsoft.Extensions.DependencyInjection;
using Sitters.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds Sitters to a host.</summary>
public static class SittersHostApplicationBuilderExtensions
{
    /// <summary>
    /// Gives the host's sat calls to the host: it lets them end by themselves when it stops, and logs what happens to them.
    /// </summary>
    /// <param name="builder">The builder of the host, or of the web application.</param>
    /// <param name="configure">Changes the options. Called as the host starts.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHostApplicationBuilder AddSitters(this IHostApplicationBuilder builder, Action<SittersOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSitters(configure);
        return builder;
    }
}

using Sitters.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Sitters to a host.</summary>
public static class SittersServiceCollectionExtensions
{
    /// <summary>
    /// Gives the host's sat calls to the host: it lets them end by themselves when it stops, and logs what happens to them.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the options. Called as the host starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddSitters(this IServiceCollection services, Action<SittersOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }
}

using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sitters;
using Sitters.Hosting;
using Sitters.Hosting.Life;
using Sitters.Hosting.Logs;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Sitters to a host.</summary>
public static class SittersServiceCollectionExtensions
{
    /// <summary>
    /// Gives the host's sat calls to the host: it lets them end by themselves when it stops, and logs what happens to them.
    /// </summary>
    /// <remarks>
    /// The host gets a scope of its own, in which its services and its requests run; where this is called in a <see cref="SitterScope"/>, that
    /// is its scope. What is called more than once adds up.
    /// </remarks>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the options. Called as the host starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddSitters(this IServiceCollection services, Action<SittersOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions();
        services.AddLogging();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(HostedCalls)))
        {
            return services;
        }

        var scope = SitterScope.Current;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SittersOptions>, OptionsCheck>());
        services.AddSingleton(provider => new HostedCalls(scope, provider.GetService<IHostEnvironment>()?.ApplicationName));
        services.AddSingleton<CallLogs>();
        services.AddSingleton(static provider => new HostedSitters(
            provider.GetRequiredService<HostedCalls>(),
            provider.GetRequiredService<CallLogs>(),
            provider.GetRequiredService<IOptions<SittersOptions>>(),
            provider.GetRequiredService<IOptions<HostOptions>>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetService<DiagnosticListener>(),
            provider.GetService<IConfiguration>()));

        // Before all others, whenever this is called: services start in this order and stop in the reverse one.
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(static provider => provider.GetRequiredService<HostedSitters>()));
        services.Insert(0, ServiceDescriptor.Transient<IHostedService>(static provider => ScopeEntrance.Enter(
            provider.GetRequiredService<HostedCalls>(), provider.GetRequiredService<HostedSitters>())));
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SignalProgram;

/// <summary>A generic host with a service that makes one call, where the settings do not keep it from that.</summary>
internal static class Hosted
{
    /// <param name="withSitters">Whether the host sees to its calls itself.</param>
    public static async Task Run(bool withSitters)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService<Service>();
        if (withSitters)
        {
            builder.AddSitters(static options => options.DrainSeconds = Settings.Has("drain") ? Settings.Number("drain") : null);
        }

        using var host = builder.Build();
        await host.RunAsync();
        Events.Say("host stopped");
    }

    private sealed class Service(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            lifetime.ApplicationStarted.Register(() => Events.Mark("host started"));
            lifetime.ApplicationStopping.Register(() => Events.Say("host stopping"));
            if (!Settings.Has("host", "idle"))
            {
                await Calls.Tell("", new Worker("").Work());
            }

            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
    }
}

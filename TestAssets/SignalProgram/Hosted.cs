using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SignalProgram;

/// <summary>A generic host with a service that makes one call, where the settings do not keep it from that.</summary>
internal static class Hosted
{
    public static async Task Run()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService<Service>();
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

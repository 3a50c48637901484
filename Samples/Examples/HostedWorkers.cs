using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sitters;

namespace Samples.Examples;

// README: worker
public class Sweeper(ILogger<Sweeper> logger, Folders folders) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Sweep(stoppingToken);
            await Task.Delay(TimeSpan.FromSeconds(0.1), stoppingToken);
        }
    }

    [Sit(
        TimeoutSeconds = 60,
        MaxAttempts = 3,
        RetryHooks = [nameof(Warn)],
        CompletionHooks = [nameof(Log)],
        TimeoutHooks = [nameof(Log)],
        CancellationHooks = [nameof(Log)])]
    private async Task Sweep(CancellationToken stoppingToken) => await folders.Sweep(stoppingToken);

    // The hooks are methods of the service, so they have what was injected into it.
    private void Log(SitContext call) => logger.LogInformation("{Call}", call);

    private void Warn(SitContext call) => logger.LogWarning("{Call} failed: {Problem}", call, call.Exception?.Message);
}
// end

/// <summary>Busy the first time, quick the second, endless from then on.</summary>
public class Folders
{
    private readonly TaskCompletionSource _endless = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sweeps;

    public Task Endless => _endless.Task;

    public async Task Sweep(CancellationToken token)
    {
        var sweep = ++_sweeps;
        if (sweep > 2)
        {
            _endless.SetResult();
        }

        await Task.Delay(sweep > 2 ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(20), token);
        if (sweep == 1)
        {
            throw new IOException("busy");
        }
    }
}

internal static class HostedWorkers
{
    public static async Task Run()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(new PlainLog()).AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddSingleton<Folders>().AddHostedService<Sweeper>();
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<Folders>().Endless;
        Console.WriteLine("-- the host stops");
        await host.StopAsync();
        Console.WriteLine($"{Sitter.ActiveCalls.Count} calls active");
    }
}

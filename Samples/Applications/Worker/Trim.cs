using Microsoft.Extensions.Hosting;
using Sitters;

namespace Worker;

/// <summary>The third job: drops from the stream what is done.</summary>
internal sealed class Trim(Store store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Cut();
        }
    }

    [Sit(TimeoutSeconds = 5)]
    internal async Task Cut() => await store.Cut();
}

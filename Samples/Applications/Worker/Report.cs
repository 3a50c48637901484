using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sitters;

namespace Worker;

/// <summary>The second job: says from time to time what was done.</summary>
internal sealed partial class Report(Store store, ILogger<Report> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Write();
        }
    }

    [Sit(TimeoutSeconds = 5, MaxAttempts = 2)]
    internal async Task Write()
    {
        var (turnover, handled, refused) = await store.Sum();
        LogSum(handled, refused, turnover);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Handled} orders handled, {Refused} refused, turnover {Turnover}")]
    private partial void LogSum(long handled, long refused, long turnover);
}

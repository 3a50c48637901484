using Microsoft.EntityFrameworkCore;
using Sitters;

namespace Web;

/// <summary>A job beside the requests: counts what was sold, again and again. Pause it, and the shop goes on.</summary>
internal sealed partial class Stocktaking(IServiceScopeFactory scopes, ILogger<Stocktaking> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Count();
        }
    }

    [Sit(TimeoutSeconds = 60)]
    internal async Task Count()
    {
        await using var scope = scopes.CreateAsyncScope();
        var sold = scope.ServiceProvider.GetRequiredService<ShopContext>().Orders.AsNoTracking();
        var pieces = 0L;
        await foreach (var order in sold.AsAsyncEnumerable())
        {
            pieces += order.Quantity;
        }

        LogSold(pieces);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Pieces} pieces sold")]
    private partial void LogSold(long pieces);
}

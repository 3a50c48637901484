using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sitters;
using StackExchange.Redis;

namespace Worker;

/// <summary>The first job: handles the orders of the stream, some at a time.</summary>
internal sealed partial class Intake(Store store, IConfiguration configuration, ILogger<Intake> logger) : BackgroundService
{
    private const int AtATime = 8;

    private readonly string _name = configuration["Worker:Name"] ?? Environment.MachineName;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Prepare();
        await Task.WhenAll((await store.Mine(_name)).Select(TryHandle));
        while (!stoppingToken.IsCancellationRequested)
        {
            var orders = await store.Take(_name, AtATime);
            if (orders.Length == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            // Whoever was taken is handled: the host waits for it, until its time to drain is over.
            await Task.WhenAll(orders.Select(TryHandle));
        }
    }

    private async Task TryHandle(StreamEntry order)
    {
        try
        {
            await Handle(order);
        }
        catch (FormatException exception)
        {
            await store.Refuse(order, exception.Message);
        }
        catch (Exception exception)
        {
            // Cancelled too, by the host as its time was over, or by an operator: one order is no reason for all the others to end. It stays
            // in the stream, for the next who takes.
            LogPutBack(order.Id, exception.Message);
        }
    }

    /// <summary>One order. The unit of work is sat, not the loop around it: its limits and attempts are its own.</summary>
    [Sit(
        TimeoutSeconds = 5,
        MaxAttempts = 2,
        OnTimeout = SitOutcome.Throw,
        OnCancel = SitOutcome.Throw,
        RetryDelaySeconds = 0.1,
        RetryBackoff = Polly.DelayBackoffType.Exponential,
        AbortOn = [typeof(FormatException)],
        RetryHooks = [nameof(TellRetry)])]
    internal async Task Handle(StreamEntry order)
    {
        if (!long.TryParse((string?)order["amount"], NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            throw new FormatException("The amount is no number.");
        }

        // What the work itself takes.
        await Task.Delay(TimeSpan.FromMilliseconds(order["slow"].IsNull ? 20 : 400));
        if (await store.Complete(order, amount))
        {
            LogHandled(order.Id);
        }
    }

    private void TellRetry(SitContext call) => LogRetry(call.Attempt, call.Exception?.Message ?? "");

    [LoggerMessage(Level = LogLevel.Information, Message = "handled {Order}")]
    private partial void LogHandled(RedisValue order);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Order} is put back: {Problem}")]
    private partial void LogPutBack(RedisValue order, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "attempt {Attempt} failed: {Problem}")]
    private partial void LogRetry(int attempt, string problem);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sitters;

namespace Samples.Examples;

// README: request-service
public class Bookings(ILogger<Bookings> logger)
{
    [Sit(
        TimeoutSeconds = 0.3,
        OnTimeout = SitOutcome.Throw,
        OnCancel = SitOutcome.Throw,
        TimeoutHooks = [nameof(Warn)],
        CancellationHooks = [nameof(Warn)])]
    public async Task<string> Book(string seat, CancellationToken requestAborted)
    {
        await Task.Delay(seat == "aisle" ? TimeSpan.FromMilliseconds(20) : TimeSpan.FromHours(1), requestAborted);
        return $"{seat} booked";
    }

    private void Warn(SitContext call) => logger.LogWarning("{Call}: {Interrupt}", call, call.Interrupt);
}
// end

internal static class RequestServices
{
    public static async Task Run()
    {
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new PlainLog()))
            .AddScoped<Bookings>()
            .BuildServiceProvider();
        await using var request = services.CreateAsyncScope();
        var bookings = request.ServiceProvider.GetRequiredService<Bookings>();

        Console.WriteLine(await bookings.Book("aisle", CancellationToken.None));
        await Tell(bookings.Book("window", CancellationToken.None));
        using var aborted = new CancellationTokenSource(50);
        await Tell(bookings.Book("window", aborted.Token));
    }

    private static async Task Tell(Task<string> booking)
    {
        try
        {
            Console.WriteLine(await booking);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            Console.WriteLine($"throws {exception.GetType().Name}");
        }
    }
}

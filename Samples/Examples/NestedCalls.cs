using Sitters;

namespace Samples.Examples;

// README: nested
public class Trip
{
    [Sit(CancellationHooks = [nameof(OnCancelled)])]
    public async Task<string?> Travel()
    {
        try
        {
            return await Ride("train");
        }
        finally
        {
            Console.WriteLine("trip: finally");
        }
    }

    [Sit(CancellationHooks = [nameof(OnCancelled)])]
    public async Task<string?> Ride(string vehicle)
    {
        try
        {
            await Task.Delay(TimeSpan.FromHours(1));
            return vehicle;
        }
        finally
        {
            Console.WriteLine($"{vehicle}: finally");
        }
    }

    private static void OnCancelled(SitContext call) => Console.WriteLine($"cancelled: {(call.Parent is null ? "the trip" : "the ride")}");
}
// end

internal static class NestedCalls
{
    public static async Task Run()
    {
        var trip = new Trip().Travel();
        await Task.Delay(50);
        Sitter.Cancel();
        Console.WriteLine($"result {await trip ?? "default"}");
    }
}

using Sitters;

namespace Samples.Examples;

// README: startup-hooks
public class Shop
{
    private string? _stock;

    [Sit(StartupHooks = [nameof(Announce), nameof(LoadStock)])]
    public async Task<string> Sell(string customer)
    {
        await Task.Delay(20);
        return $"{customer} buys {_stock}";
    }

    // A hook may ask for the call's context, and be synchronous or not, static or not, private or not.
    private static void Announce(SitContext call) => Console.WriteLine($"startup: {call.State}");

    private async Task LoadStock()
    {
        await Task.Delay(20);
        _stock = "a teapot";
        Console.WriteLine("startup: stock loaded");
    }
}
// end

internal static class StartupHooks
{
    public static async Task Run() => Console.WriteLine($"result {await new Shop().Sell("Ada")}");
}

using Sitters;

namespace Samples.Examples;

// README: policies
public class StockClient
{
    // Sat by <Apply To="Samples.Examples.*Client.*Async">: three attempts.
    public async Task<int> CountAsync(string product)
    {
        await Task.Delay(10);
        return Attempt.OrFail(3, product);
    }
}

public class Checkout
{
    // The named policy, except for what is set here: five attempts.
    [Sit(Policy = "patient", MaxAttempts = 5)]
    public async Task<int> Pay(string product)
    {
        await Task.Delay(10);
        return Attempt.OrFail(5, product);
    }
}

internal static class Attempt
{
    public static int OrFail(int enough, string what)
    {
        var attempt = SitContext.Current.Attempt;
        Console.WriteLine($"{what}: attempt {attempt}");
        return attempt >= enough ? attempt : throw new IOException();
    }
}
// end

internal static class Policies
{
    public static async Task Run()
    {
        Console.WriteLine($"result {await new StockClient().CountAsync("tea")}");
        Console.WriteLine($"result {await new Checkout().Pay("coffee")}");
    }
}

using Sitters;

namespace Samples.Examples;

// README: cache
public class Prices
{
    [Sit(CacheSize = 2)]
    public async Task<int> Of(string product)
    {
        Console.WriteLine($"asking for {product}");
        await Task.Delay(20);
        return product.Length;
    }

    [Sit(CacheSize = 100, CacheSeconds = 0.3)]
    public async Task<int> Today(string product)
    {
        Console.WriteLine($"asking for today's {product}");
        await Task.Delay(20);
        return product.Length;
    }
}
// end

internal static class Caching
{
    public static async Task Run()
    {
        var prices = new Prices();
        await prices.Of("tea");
        await prices.Of("coffee");
        Console.WriteLine($"tea again: {await prices.Of("tea")}");

        await prices.Of("milk");
        Console.WriteLine($"tea was used since coffee was, so coffee had to go: {await prices.Of("tea")}");
        await prices.Of("coffee");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => prices.Of("salt")));
        Console.WriteLine("ten callers at once, one question");

        await prices.Today("tea");
        await prices.Today("tea");
        await Task.Delay(400);
        await prices.Today("tea");
    }
}

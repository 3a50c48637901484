using Microsoft.Extensions.Caching.Memory;
using Sitters;

namespace Samples.Examples;

// README: memory-cache
public class Library(IMemoryCache cache)
{
    private readonly IMemoryCache _cache = cache;

    [Sit(Cache = nameof(_cache), CacheSeconds = 60)]
    public async Task<string> Find(string title)
    {
        Console.WriteLine($"searching for {title}");
        await Task.Delay(20);
        return $"shelf {title.Length}";
    }
}
// end

internal static class OwnMemoryCache
{
    public static async Task Run()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var library = new Library(cache);
        Console.WriteLine($"result {await library.Find("Emma")}");
        Console.WriteLine($"result {await library.Find("Emma")}");
        Console.WriteLine($"{cache.Count} entry in the application's own cache");
    }
}

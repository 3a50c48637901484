extern alias unwoven;
using BenchmarkDotNet.Attributes;
using BitFaster.Caching.Lru;
using Measured;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;
using Unwoven = unwoven::Measured.Lookups;

namespace Benchmarks;

/// <summary>A cache hit, of several keys in turn. Caches that can, keep the task itself, so that a hit makes no new one.</summary>
public class LookupBenchmarks
{
    private const int Keys = 16;

    private readonly Unwoven _unwoven = new();
    private readonly Lookups _woven = new();
    private readonly MemoryCache _memory = new(new MemoryCacheOptions());
    private readonly FusionCache _fusion = new(new FusionCacheOptions());
    private readonly HybridCache _hybrid;
    private readonly ConcurrentLru<(int, int), Task<int>> _lru = new(1000);
    private int _key;

    public LookupBenchmarks()
    {
        var services = new ServiceCollection();
        services.AddHybridCache();
        _hybrid = services.BuildServiceProvider().GetRequiredService<HybridCache>();
    }

    [Benchmark(Baseline = true)]
    public int MemoryCacheByHand()
    {
        var (left, right) = (NextKey(), 3);
        if (!_memory.TryGetValue((left, right), out Task<int>? product))
        {
            product = _memory.Set((left, right), _unwoven.Product(left, right));
        }

        return product!.GetAwaiter().GetResult();
    }

    [Benchmark]
    public int FusionCacheByHand()
    {
        var (left, right) = (NextKey(), 3);
        return _fusion.GetOrSetAsync<int>($"{left},{right}", (_, _) => _unwoven.Product(left, right)).AsTask().GetAwaiter().GetResult();
    }

    [Benchmark]
    public int HybridCacheByHand()
    {
        var (left, right) = (NextKey(), 3);
        return _hybrid.GetOrCreateAsync(
            $"{left},{right}",
            (_unwoven, left, right),
            static (call, _) => new ValueTask<int>(call._unwoven.Product(call.left, call.right))).GetAwaiter().GetResult();
    }

    [Benchmark]
    public int BitFasterByHand()
    {
        var (left, right) = (NextKey(), 3);
        if (!_lru.TryGet((left, right), out var product))
        {
            product = _unwoven.Product(left, right);
            _lru.AddOrUpdate((left, right), product);
        }

        return product.GetAwaiter().GetResult();
    }

    [Benchmark]
    public int Sat() => _woven.Product(NextKey(), 3).GetAwaiter().GetResult();

    private int NextKey() => _key = (_key + 1) % Keys;
}

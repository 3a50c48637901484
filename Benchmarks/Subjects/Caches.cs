extern alias unwoven;

using BitFaster.Caching.Lru;
using Measured;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;
using Unwoven = unwoven::Measured.Lookups;

namespace Benchmarks.Subjects;

/// <summary>The same method behind several caches. Those that can, keep the task itself, so that a hit makes no new one.</summary>
public sealed class Caches
{
    private readonly Unwoven _unwoven = new();
    private readonly Lookups _woven = new();
    private readonly MemoryCache _memory = new(new MemoryCacheOptions());
    private readonly FusionCache _fusion = new(new FusionCacheOptions());
    private readonly HybridCache _hybrid;
    private readonly ConcurrentLru<(int, int), Task<int>> _lru = new(1000);

    public Caches()
    {
        var services = new ServiceCollection();
        services.AddHybridCache();
        _hybrid = services.BuildServiceProvider().GetRequiredService<HybridCache>();
    }

    public int Memory(int left, int right)
    {
        if (!_memory.TryGetValue((left, right), out Task<int>? product))
        {
            product = _memory.Set((left, right), _unwoven.Product(left, right));
        }

        return product!.GetAwaiter().GetResult();
    }

    public int Fusion(int left, int right) =>
        _fusion.GetOrSetAsync<int>($"{left},{right}", (_, _) => _unwoven.Product(left, right)).AsTask().GetAwaiter().GetResult();

    public int Hybrid(int left, int right) => _hybrid.GetOrCreateAsync(
        $"{left},{right}",
        (_unwoven, left, right),
        static (call, _) => new ValueTask<int>(call._unwoven.Product(call.left, call.right))).GetAwaiter().GetResult();

    public int BitFaster(int left, int right)
    {
        if (!_lru.TryGet((left, right), out var product))
        {
            product = _unwoven.Product(left, right);
            _lru.AddOrUpdate((left, right), product);
        }

        return product.GetAwaiter().GetResult();
    }

    public int Sat(int left, int right) => _woven.Product(left, right).GetAwaiter().GetResult();
}

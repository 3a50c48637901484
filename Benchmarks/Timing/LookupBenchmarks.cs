using BenchmarkDotNet.Attributes;
using Benchmarks.Subjects;

namespace Benchmarks.Timing;

/// <summary>A cache hit, of several keys in turn.</summary>
public class LookupBenchmarks
{
    private const int Keys = 16;

    private readonly Caches _caches = new();
    private int _key;

    [Benchmark(Baseline = true)]
    public int BitFasterByHand() => _caches.BitFaster(NextKey(), 3);

    [Benchmark]
    public int Sat() => _caches.Sat(NextKey(), 3);

    [Benchmark]
    public int MemoryCacheByHand() => _caches.Memory(NextKey(), 3);

    [Benchmark]
    public int HybridCacheByHand() => _caches.Hybrid(NextKey(), 3);

    [Benchmark]
    public int FusionCacheByHand() => _caches.Fusion(NextKey(), 3);

    private int NextKey() => _key = (_key + 1) % Keys;
}

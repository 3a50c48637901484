using BenchmarkDotNet.Attributes;
using Benchmarks.Subjects;

namespace Benchmarks.Timing;

/// <summary>A cache hit, while another thread looks up the same keys. What a look-up takes is what each of the two waits for it.</summary>
public class SharedLookupBenchmarks
{
    private const int Count = 20_000;
    private const int Keys = 16;

    private readonly Caches _caches = new();
    private readonly Barrier _barrier = new(2);
    private Action? _work;

    /// <summary>The other thread: it ends with the process.</summary>
    [GlobalSetup]
    public void StartOther() => new Thread(WorkAlong) { IsBackground = true }.Start();

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void BitFasterByHand() => OnBoth(LookUp<BitFaster>);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Sat() => OnBoth(LookUp<SatMethod>);

    [Benchmark(OperationsPerInvoke = Count)]
    public void MemoryCacheByHand() => OnBoth(LookUp<Memory>);

    [Benchmark(OperationsPerInvoke = Count)]
    public void HybridCacheByHand() => OnBoth(LookUp<Hybrid>);

    [Benchmark(OperationsPerInvoke = Count)]
    public void FusionCacheByHand() => OnBoth(LookUp<Fusion>);

    private void WorkAlong()
    {
        while (true)
        {
            _barrier.SignalAndWait();
            _work!();
            _barrier.SignalAndWait();
        }
    }

    private void OnBoth(Action work)
    {
        _work = work;
        _barrier.SignalAndWait();
        work();
        _barrier.SignalAndWait();
    }

    private void LookUp<T>()
        where T : struct, ILookup
    {
        for (var i = 0; i < Count; i++)
        {
            T.Get(_caches, i % Keys, 3);
        }
    }

    /// <summary>A struct each, so that the loop is compiled for each of them, with no call through a delegate in it.</summary>
    private interface ILookup
    {
        static abstract int Get(Caches caches, int left, int right);
    }

    private readonly struct BitFaster : ILookup
    {
        public static int Get(Caches caches, int left, int right) => caches.BitFaster(left, right);
    }

    private readonly struct SatMethod : ILookup
    {
        public static int Get(Caches caches, int left, int right) => caches.Sat(left, right);
    }

    private readonly struct Memory : ILookup
    {
        public static int Get(Caches caches, int left, int right) => caches.Memory(left, right);
    }

    private readonly struct Hybrid : ILookup
    {
        public static int Get(Caches caches, int left, int right) => caches.Hybrid(left, right);
    }

    private readonly struct Fusion : ILookup
    {
        public static int Get(Caches caches, int left, int right) => caches.Fusion(left, right);
    }
}

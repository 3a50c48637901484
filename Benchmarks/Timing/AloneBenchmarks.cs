extern alias unwoven;

using BenchmarkDotNet.Attributes;
using Measured;
using Unwoven = unwoven::Measured.Calls;

namespace Benchmarks.Timing;

/// <summary>[Sit] alone, where the body completes synchronously.</summary>
public class AloneBenchmarks
{
    private readonly Unwoven _unwoven = new();
    private readonly Calls _woven = new();

    [Benchmark(Baseline = true)]
    public int Direct() => _unwoven.Alone(2, 3).GetAwaiter().GetResult();

    [Benchmark]
    public int Sat() => _woven.Alone(2, 3).GetAwaiter().GetResult();

    [Benchmark]
    public int SatUnflowed() => _woven.AloneUnflowed(2, 3).GetAwaiter().GetResult();
}

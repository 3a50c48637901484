extern alias unwoven;

using BenchmarkDotNet.Attributes;
using Measured;
using Unwoven = unwoven::Measured.Calls;

namespace Benchmarks.Timing;

/// <summary>[Sit] alone, where the body suspends once.</summary>
public class AloneSuspendingBenchmarks
{
    private readonly Unwoven _unwoven = new();
    private readonly Calls _woven = new();

    [Benchmark(Baseline = true)]
    public int Direct()
    {
        var task = _unwoven.AloneSuspending(2, 3);
        _unwoven.Signal.Give();
        return task.GetAwaiter().GetResult();
    }

    [Benchmark]
    public int Sat()
    {
        var task = _woven.AloneSuspending(2, 3);
        _woven.Signal.Give();
        return task.GetAwaiter().GetResult();
    }

    [Benchmark]
    public int SatUnflowed()
    {
        var task = _woven.AloneSuspendingUnflowed(2, 3);
        _woven.Signal.Give();
        return task.GetAwaiter().GetResult();
    }
}

extern alias unwoven;

using BenchmarkDotNet.Attributes;
using Measured;
using Unwoven = unwoven::Measured.Calls;

namespace Benchmarks;

/// <summary>Retry and timeout, where the first try succeeds after it has suspended once.</summary>
public class SuspendingBenchmarks
{
    private readonly Unwoven _unwoven = new();
    private readonly PollyCalls _polly;
    private readonly Calls _woven = new();

    public SuspendingBenchmarks() => _polly = new PollyCalls(_unwoven);

    [Benchmark]
    public int Direct()
    {
        var task = _unwoven.Suspending(2, 3);
        _unwoven.Signal.Give();
        return task.GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true)]
    public int PollyByHand()
    {
        var task = _polly.Suspending(2, 3);
        _unwoven.Signal.Give();
        return task.GetAwaiter().GetResult();
    }

    [Benchmark]
    public int Sat()
    {
        var task = _woven.Suspending(2, 3);
        _woven.Signal.Give();
        return task.GetAwaiter().GetResult();
    }

    [Benchmark]
    public int SatUnflowed()
    {
        var task = _woven.SuspendingUnflowed(2, 3);
        _woven.Signal.Give();
        return task.GetAwaiter().GetResult();
    }
}

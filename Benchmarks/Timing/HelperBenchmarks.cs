extern alias unwoven;

using BenchmarkDotNet.Attributes;
using Measured;
using Unwoven = unwoven::Measured.Helpers;

namespace Benchmarks.Timing;

/// <summary>A method without [Sit] that is called outside any sat call, in a process that makes sat calls too.</summary>
public class HelperBenchmarks
{
    private readonly Unwoven _unwoven = new();
    private readonly Helpers _woven = new();

    [GlobalSetup]
    public void MakeSatCalls() => new Calls().Alone(2, 3).GetAwaiter().GetResult();

    [Benchmark]
    public int CompletedUnwoven() => _unwoven.Completed(2).GetAwaiter().GetResult();

    [Benchmark]
    public int Completed() => _woven.Completed(2).GetAwaiter().GetResult();

    [Benchmark]
    public int SuspendingUnwoven()
    {
        var task = _unwoven.Suspending(2);
        _unwoven.Signal.Give();
        return task.GetAwaiter().GetResult();
    }

    [Benchmark]
    public int Suspending()
    {
        var task = _woven.Suspending(2);
        _woven.Signal.Give();
        return task.GetAwaiter().GetResult();
    }
}

extern alias unwoven;

using BenchmarkDotNet.Attributes;
using Measured;
using Unwoven = unwoven::Measured.Awaits;

namespace Benchmarks.Timing;

/// <summary>One await inside a sat method: one that completes synchronously, and one that suspends.</summary>
public class AwaitBenchmarks
{
    private const int Count = 10_000;

    private readonly Unwoven _unwoven = new();
    private readonly Awaits _woven = new();

    [Benchmark(OperationsPerInvoke = Count)]
    public int CompletedUnwoven() => _unwoven.Completed(Count).GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = Count)]
    public int Completed() => _woven.Completed(Count).GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = Count)]
    public void SuspendingUnwoven()
    {
        var task = _unwoven.Suspending(Count);
        for (var i = 0; i < Count; i++)
        {
            _unwoven.Signal.Give();
        }

        task.GetAwaiter().GetResult();
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Suspending()
    {
        var task = _woven.Suspending(Count);
        for (var i = 0; i < Count; i++)
        {
            _woven.Signal.Give();
        }

        task.GetAwaiter().GetResult();
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void SuspendingUnflowed()
    {
        var task = _woven.SuspendingUnflowed(Count);
        for (var i = 0; i < Count; i++)
        {
            _woven.Signal.Give();
        }

        task.GetAwaiter().GetResult();
    }
}

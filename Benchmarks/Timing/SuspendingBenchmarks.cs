extern alias unwoven;

using BenchmarkDotNet.Attributes;
using Benchmarks.Subjects;
using Measured;
using Unwoven = unwoven::Measured.Calls;

namespace Benchmarks.Timing;

/// <summary>Retry and timeout, where the first try succeeds after it has suspended once.</summary>
public class SuspendingBenchmarks
{
    private readonly Unwoven _unwoven = new();
    private readonly PollyCalls _polly;
    private readonly PollyCalls _microsoft;
    private readonly CastleCalls _castle = CastleCalls.Create();
    private readonly AspectCalls _aspect = new();
    private readonly Calls _woven = new();

    public SuspendingBenchmarks()
    {
        _polly = new PollyCalls(_unwoven, PollyCalls.Pipeline);
        _microsoft = new PollyCalls(_unwoven, PollyCalls.WithTelemetry());
    }

    [Benchmark]
    public int Direct()
    {
        var task = _unwoven.AloneSuspending(2, 3);
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
    public int MicrosoftResilience()
    {
        var task = _microsoft.Suspending(2, 3);
        _unwoven.Signal.Give();
        return task.GetAwaiter().GetResult();
    }

    [Benchmark]
    public int CastleDynamicProxy()
    {
        var task = _castle.Suspending(2, 3);
        _castle.Signal.Give();
        return task.GetAwaiter().GetResult();
    }

    [Benchmark]
    public int AspectInjector()
    {
        var task = _aspect.Suspending(2, 3);
        _aspect.Signal.Give();
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

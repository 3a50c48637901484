extern alias unwoven;

using BenchmarkDotNet.Attributes;
using Benchmarks.Subjects;
using Measured;
using Unwoven = unwoven::Measured.Calls;

namespace Benchmarks.Timing;

/// <summary>Retry and timeout, where the first try succeeds synchronously.</summary>
public class ResilientBenchmarks
{
    private readonly Unwoven _unwoven = new();
    private readonly PollyCalls _polly = new(new Unwoven(), PollyCalls.Pipeline);
    private readonly PollyCalls _microsoft = new(new Unwoven(), PollyCalls.WithTelemetry());
    private readonly CastleCalls _castle = CastleCalls.Create();
    private readonly AspectCalls _aspect = new();
    private readonly Calls _woven = new();

    [Benchmark]
    public int Direct() => _unwoven.Alone(2, 3).GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public int PollyByHand() => _polly.Alone(2, 3).GetAwaiter().GetResult();

    [Benchmark]
    public int MicrosoftResilience() => _microsoft.Alone(2, 3).GetAwaiter().GetResult();

    [Benchmark]
    public int CastleDynamicProxy() => _castle.Alone(2, 3).GetAwaiter().GetResult();

    [Benchmark]
    public int AspectInjector() => _aspect.Alone(2, 3).GetAwaiter().GetResult();

    [Benchmark]
    public int Sat() => _woven.Resilient(2, 3).GetAwaiter().GetResult();

    [Benchmark]
    public int SatUnflowed() => _woven.ResilientUnflowed(2, 3).GetAwaiter().GetResult();
}

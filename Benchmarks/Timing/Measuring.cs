using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;

namespace Benchmarks.Timing;

/// <summary>
/// How everything is measured: each benchmark in a process of its own, in rounds so short that many of them are not disturbed, and long
/// enough to hold their share of garbage collections. The process is one that BenchmarkDotNet builds around this assembly, so the woven
/// code is run as its own build has left it.
/// </summary>
internal static class Measuring
{
    public static IConfig Config { get; } = ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithWarmupCount(30).WithIterationCount(100).WithIterationTime(TimeInterval.FromMilliseconds(20)))
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddLogger(ConsoleLogger.Default)
        .WithOptions(ConfigOptions.JoinSummary)
        .WithBuildTimeout(TimeSpan.FromMinutes(10));
}

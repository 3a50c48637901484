namespace Benchmarks;

/// <summary>What is compared with what, and what is to be reached.</summary>
internal static class Comparisons
{
    private const int FlowBytes = 160;

    public static IReadOnlyList<Comparison> All { get; } =
        [.. Alone(), .. Resilient(), .. Suspending(), .. Lookups(), .. Awaits(), .. Helpers()];

    private static IEnumerable<Comparison> Alone()
    {
        const string title = "[Sit] alone, completes synchronously, beside the direct call";
        var direct = Figure.Of<AloneBenchmarks>(nameof(AloneBenchmarks.Direct));
        yield return new Comparison(title, Figure.Of<AloneBenchmarks>(nameof(AloneBenchmarks.Sat)), direct)
        {
            Times = 7,
            BytesBeside = direct,
            Bytes = FlowBytes,
        };
        yield return new Comparison(title, Figure.Of<AloneBenchmarks>(nameof(AloneBenchmarks.SatUnflowed)), direct)
        {
            Times = 2.5,
            BytesBeside = direct,
            Bytes = 0,
        };
    }

    private static IEnumerable<Comparison> Resilient()
    {
        const string title = "Retry and timeout, first try succeeds synchronously, beside Polly by hand";
        var polly = Figure.Of<ResilientBenchmarks>(nameof(ResilientBenchmarks.PollyByHand));
        var direct = Figure.Of<ResilientBenchmarks>(nameof(ResilientBenchmarks.Direct));
        yield return new Comparison(title, Figure.Of<ResilientBenchmarks>(nameof(ResilientBenchmarks.Sat)), polly)
        {
            Times = 0.2,
            BytesBeside = direct,
            Bytes = FlowBytes,
        };
        yield return new Comparison(title, Figure.Of<ResilientBenchmarks>(nameof(ResilientBenchmarks.SatUnflowed)), polly)
        {
            Times = 0.1,
            BytesBeside = direct,
            Bytes = 0,
        };
        string[] others =
        [
            nameof(ResilientBenchmarks.PollyByHand), nameof(ResilientBenchmarks.CastleDynamicProxy),
            nameof(ResilientBenchmarks.AspectInjector),
        ];
        foreach (var other in others)
        {
            yield return new Comparison(title, Figure.Of<ResilientBenchmarks>(other), polly) { BytesBeside = direct };
        }
    }

    private static IEnumerable<Comparison> Suspending()
    {
        const string title = "The same, suspends once: what it adds to the plain method, beside what Polly by hand adds";
        var polly = Figure.Of<SuspendingBenchmarks>(nameof(SuspendingBenchmarks.PollyByHand));
        var plain = Figure.Of<SuspendingBenchmarks>(nameof(SuspendingBenchmarks.Direct));
        foreach (var sat in new[] { nameof(SuspendingBenchmarks.Sat), nameof(SuspendingBenchmarks.SatUnflowed) })
        {
            yield return new Comparison(title, Figure.Of<SuspendingBenchmarks>(sat), polly)
            {
                Plain = plain,
                Times = 0.5,
                BytesBeside = plain,
            };
        }

        yield return new Comparison(title, polly, polly) { Plain = plain, BytesBeside = plain };
    }

    private static IEnumerable<Comparison> Lookups()
    {
        const string title = "Cache hit, beside IMemoryCache by hand";
        var memory = Figure.Of<LookupBenchmarks>(nameof(LookupBenchmarks.MemoryCacheByHand));
        yield return new Comparison(title, Figure.Of<LookupBenchmarks>(nameof(LookupBenchmarks.Sat)), memory) { Times = 0.5, Bytes = 0 };
        foreach (var other in new[]
        {
            nameof(LookupBenchmarks.MemoryCacheByHand), nameof(LookupBenchmarks.BitFasterByHand),
            nameof(LookupBenchmarks.HybridCacheByHand),
            nameof(LookupBenchmarks.FusionCacheByHand),
        })
        {
            yield return new Comparison(title, Figure.Of<LookupBenchmarks>(other), memory);
        }
    }

    private static IEnumerable<Comparison> Awaits()
    {
        const string title = "An await inside a sat method, beside unwoven";
        var completed = Figure.Of<AwaitBenchmarks>(nameof(AwaitBenchmarks.CompletedUnwoven));
        var suspending = Figure.Of<AwaitBenchmarks>(nameof(AwaitBenchmarks.SuspendingUnwoven));
        yield return new Comparison(title, Figure.Of<AwaitBenchmarks>(nameof(AwaitBenchmarks.Completed)), completed)
        {
            Times = 1.4,
            BytesBeside = completed,
        };
        foreach (var sat in new[] { nameof(AwaitBenchmarks.Suspending), nameof(AwaitBenchmarks.SuspendingUnflowed) })
        {
            yield return new Comparison(title, Figure.Of<AwaitBenchmarks>(sat), suspending) { Times = 1.3, BytesBeside = suspending };
        }
    }

    private static IEnumerable<Comparison> Helpers()
    {
        const string title = "An async helper outside any sat call, beside unwoven";
        var completed = Figure.Of<HelperBenchmarks>(nameof(HelperBenchmarks.CompletedUnwoven));
        var suspending = Figure.Of<HelperBenchmarks>(nameof(HelperBenchmarks.SuspendingUnwoven));
        yield return new Comparison(title, Figure.Of<HelperBenchmarks>(nameof(HelperBenchmarks.Completed)), completed)
        {
            Times = 1.1,
            BytesBeside = completed,
        };
        yield return new Comparison(title, Figure.Of<HelperBenchmarks>(nameof(HelperBenchmarks.Suspending)), suspending)
        {
            Times = 1.1,
            BytesBeside = suspending,
        };
    }
}

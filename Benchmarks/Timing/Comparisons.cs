namespace Benchmarks.Timing;

/// <summary>What is compared with what, and what is to be reached.</summary>
internal static class Comparisons
{
    private const int FlowBytes = 160;

    private const string Unflowed = ", FlowContext = false";

    public static IReadOnlyList<Comparison> All { get; } =
    [
        .. Alone(), .. AloneSuspending(), .. Resilient(), .. Suspending(), .. Awaits(), .. Helpers(), .. Lookups(), .. SharedLookups(),
    ];

    private static IEnumerable<Comparison> Alone()
    {
        const string title = "A call that completes synchronously, beside the plain method";
        var direct = Figure.Of<AloneBenchmarks>(nameof(AloneBenchmarks.Direct));
        yield return new Comparison(title, "[Sit]", Figure.Of<AloneBenchmarks>(nameof(AloneBenchmarks.Sat)), direct)
        {
            Times = 7,
            BytesBeside = direct,
            Bytes = FlowBytes,
        };
        yield return new Comparison(title, "[Sit]" + Unflowed, Figure.Of<AloneBenchmarks>(nameof(AloneBenchmarks.SatUnflowed)), direct)
        {
            Times = 2.3,
            BytesBeside = direct,
            Bytes = 0,
        };
    }

    private static IEnumerable<Comparison> AloneSuspending()
    {
        const string title = "A call that suspends once: what it adds to the plain method, beside that";
        var plain = Figure.Of<AloneSuspendingBenchmarks>(nameof(AloneSuspendingBenchmarks.Direct));
        yield return new Comparison(title, "[Sit]", Figure.Of<AloneSuspendingBenchmarks>(nameof(AloneSuspendingBenchmarks.Sat)), plain)
        {
            Times = 1.5,
            SubjectBeyond = plain,
            BytesBeside = plain,
        };
        yield return new Comparison(
            title, "[Sit]" + Unflowed, Figure.Of<AloneSuspendingBenchmarks>(nameof(AloneSuspendingBenchmarks.SatUnflowed)), plain)
        {
            SubjectBeyond = plain,
            BytesBeside = plain,
        };
    }

    private static IEnumerable<Comparison> Resilient()
    {
        const string title = "Retry and timeout, first try succeeds synchronously, beside Polly by hand";
        var polly = Figure.Of<ResilientBenchmarks>(nameof(ResilientBenchmarks.PollyByHand));
        var direct = Figure.Of<ResilientBenchmarks>(nameof(ResilientBenchmarks.Direct));
        yield return new Comparison(title, "[Sit]", Figure.Of<ResilientBenchmarks>(nameof(ResilientBenchmarks.Sat)), polly)
        {
            Times = 0.2,
            BytesBeside = direct,
            Bytes = FlowBytes,
        };
        yield return new Comparison(
            title, "[Sit]" + Unflowed, Figure.Of<ResilientBenchmarks>(nameof(ResilientBenchmarks.SatUnflowed)), polly)
        {
            Times = 0.1,
            BytesBeside = direct,
            Bytes = 0,
        };
        (string Name, string Method)[] others =
        [
            ("the plain method", nameof(ResilientBenchmarks.Direct)),
            ("Polly by hand", nameof(ResilientBenchmarks.PollyByHand)),
            ("Microsoft.Extensions.Resilience (Polly with telemetry)", nameof(ResilientBenchmarks.MicrosoftResilience)),
            ("Polly through Castle DynamicProxy", nameof(ResilientBenchmarks.CastleDynamicProxy)),
            ("Polly through AspectInjector", nameof(ResilientBenchmarks.AspectInjector)),
        ];
        foreach (var (name, method) in others)
        {
            yield return new Comparison(title, name, Figure.Of<ResilientBenchmarks>(method), polly) { BytesBeside = direct };
        }
    }

    private static IEnumerable<Comparison> Suspending()
    {
        const string title = "Retry and timeout, suspends once: what it adds to the plain method, beside what Polly by hand adds";
        var polly = Figure.Of<SuspendingBenchmarks>(nameof(SuspendingBenchmarks.PollyByHand));
        var plain = Figure.Of<SuspendingBenchmarks>(nameof(SuspendingBenchmarks.Direct));
        (string Name, string Method, double? Times)[] subjects =
        [
            ("[Sit]", nameof(SuspendingBenchmarks.Sat), 0.35),
            ("[Sit]" + Unflowed, nameof(SuspendingBenchmarks.SatUnflowed), 0.35),
            ("Polly by hand", nameof(SuspendingBenchmarks.PollyByHand), null),
            ("Microsoft.Extensions.Resilience (Polly with telemetry)", nameof(SuspendingBenchmarks.MicrosoftResilience), null),
            ("Polly through Castle DynamicProxy", nameof(SuspendingBenchmarks.CastleDynamicProxy), null),
            ("Polly through AspectInjector", nameof(SuspendingBenchmarks.AspectInjector), null),
        ];
        foreach (var (name, method, times) in subjects)
        {
            yield return new Comparison(title, name, Figure.Of<SuspendingBenchmarks>(method), polly)
            {
                SubjectBeyond = plain,
                AgainstBeyond = plain,
                Times = times,
                BytesBeside = plain,
            };
        }
    }

    private static IEnumerable<Comparison> Awaits()
    {
        const string title = "An await inside a sat method, beside unwoven";
        var completed = Figure.Of<AwaitBenchmarks>(nameof(AwaitBenchmarks.CompletedUnwoven));
        var suspending = Figure.Of<AwaitBenchmarks>(nameof(AwaitBenchmarks.SuspendingUnwoven));
        yield return new Comparison(
            title, "need not suspend", Figure.Of<AwaitBenchmarks>(nameof(AwaitBenchmarks.Completed)), completed)
        {
            Times = 1.4,
            BytesBeside = completed,
        };
        yield return new Comparison(title, "suspends", Figure.Of<AwaitBenchmarks>(nameof(AwaitBenchmarks.Suspending)), suspending)
        {
            Times = 1.3,
            BytesBeside = suspending,
        };
        yield return new Comparison(
            title, "suspends" + Unflowed, Figure.Of<AwaitBenchmarks>(nameof(AwaitBenchmarks.SuspendingUnflowed)), suspending)
        {
            Times = 1.3,
            BytesBeside = suspending,
        };
    }

    private static IEnumerable<Comparison> Helpers()
    {
        const string title = "An async helper outside any sat call, beside unwoven";
        var completed = Figure.Of<HelperBenchmarks>(nameof(HelperBenchmarks.CompletedUnwoven));
        var suspending = Figure.Of<HelperBenchmarks>(nameof(HelperBenchmarks.SuspendingUnwoven));
        yield return new Comparison(title, "completes", Figure.Of<HelperBenchmarks>(nameof(HelperBenchmarks.Completed)), completed)
        {
            Times = 1.1,
            BytesBeside = completed,
        };
        yield return new Comparison(title, "suspends", Figure.Of<HelperBenchmarks>(nameof(HelperBenchmarks.Suspending)), suspending)
        {
            Times = 1.1,
            BytesBeside = suspending,
        };
    }

    private static IEnumerable<Comparison> Lookups()
    {
        const string title = "A cache hit, one thread, beside a ConcurrentLru of BitFaster by hand";
        var lru = Figure.Of<LookupBenchmarks>(nameof(LookupBenchmarks.BitFasterByHand));
        (string Name, string Method)[] others =
        [
            ("BitFaster's ConcurrentLru by hand", nameof(LookupBenchmarks.BitFasterByHand)),
            ("IMemoryCache by hand", nameof(LookupBenchmarks.MemoryCacheByHand)),
            ("HybridCache", nameof(LookupBenchmarks.HybridCacheByHand)),
            ("FusionCache", nameof(LookupBenchmarks.FusionCacheByHand)),
        ];
        yield return new Comparison(title, "[Sit(CacheSize = 1000)]", Figure.Of<LookupBenchmarks>(nameof(LookupBenchmarks.Sat)), lru)
        {
            Times = 1.3,
            Bytes = 0,
        };
        foreach (var (name, method) in others)
        {
            yield return new Comparison(title, name, Figure.Of<LookupBenchmarks>(method), lru);
        }
    }

    private static IEnumerable<Comparison> SharedLookups()
    {
        const string title = "A cache hit, two threads at once, beside a ConcurrentLru of BitFaster by hand";
        var lru = Figure.Of<SharedLookupBenchmarks>(nameof(SharedLookupBenchmarks.BitFasterByHand));
        (string Name, string Method)[] others =
        [
            ("BitFaster's ConcurrentLru by hand", nameof(SharedLookupBenchmarks.BitFasterByHand)),
            ("IMemoryCache by hand", nameof(SharedLookupBenchmarks.MemoryCacheByHand)),
            ("HybridCache", nameof(SharedLookupBenchmarks.HybridCacheByHand)),
            ("FusionCache", nameof(SharedLookupBenchmarks.FusionCacheByHand)),
        ];
        yield return new Comparison(
            title, "[Sit(CacheSize = 1000)]", Figure.Of<SharedLookupBenchmarks>(nameof(SharedLookupBenchmarks.Sat)), lru)
        {
            Times = 1,
            Bytes = 0,
        };
        foreach (var (name, method) in others)
        {
            yield return new Comparison(title, name, Figure.Of<SharedLookupBenchmarks>(method), lru);
        }
    }
}

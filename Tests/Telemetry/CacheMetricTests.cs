using System.Runtime.CompilerServices;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Telemetry;

/// <summary>What the meter is told of caches.</summary>
internal sealed class CacheMetricTests : ControllerFixture
{
    private static readonly TestCaseData[] _otherSettings =
    [
        new TestCaseData(new SitSettings { CacheSize = 5 }).SetArgDisplayNames("other limits"),
        new TestCaseData(new SitSettings { CacheSize = 0 }).SetArgDisplayNames("no cache"),
        new TestCaseData(new SitSettings { Disabled = true }).SetArgDisplayNames("disabled"),
    ];

    [Test]
    public async Task a_request_is_a_miss_a_join_or_a_hit()
    {
        using var meters = new Meters();
        var subject = Set<Told>();
        var (first, second) = (subject.Cached(1), subject.Cached(1));
        Stage.OpenAll();
        await Task.WhenAll(first, second).InTime();
        await subject.Cached(1);

        Assert.That(meters.Of(SitterDiagnostics.CacheRequests), Is.EqualTo(
            "1 sitters.cache.result=miss; 1 sitters.cache.result=join; 1 sitters.cache.result=hit"));
        Assert.That(meters.Sum(SitterDiagnostics.CallStarted), Is.EqualTo(1));
    }

    [Test]
    public async Task a_result_leaves_the_cache_for_another_when_its_time_is_over_or_when_the_cache_is_cleared()
    {
        // The caches of other tests are outside of it.
        using var scope = SitterScope.Begin(new SitterScopeOptions { TimeProvider = Clock });
        using var meters = new Meters();
        var subject = Set<Told>();
        foreach (var key in new[] { 1, 2, 3 })
        {
            await subject.Dated(key);
        }

        Clock.Advance(10);
        await subject.Dated(3);
        Sitter.ClearCaches("*.Told.*");

        // Of the two that were left one was asked for, and stored anew.
        Assert.That(meters.Of(SitterDiagnostics.CacheEvictions), Is.EqualTo(
            "1 sitters.eviction.reason=capacity; 1 sitters.eviction.reason=expired; 2 sitters.eviction.reason=cleared"));
    }

    [TestCaseSource(nameof(_otherSettings))]
    public async Task results_that_configuration_drops_are_cleared_at_once(SitSettings settings)
    {
        using var scope = SitterScope.Begin(new SitterScopeOptions { TimeProvider = Clock });
        using var meters = new Meters();
        var subject = Set<Told>();
        await subject.Dated(1);
        await subject.Dated(2);

        using var _ = Sitter.Configure(configuration => configuration.Methods[typeof(Told).FullName + ".Dated"] = settings);

        Assert.That(meters.Of(SitterDiagnostics.CacheEvictions), Is.EqualTo("2 sitters.eviction.reason=cleared"));
        GC.KeepAlive(subject);
    }

    [Test]
    public async Task entries_are_those_of_all_instances()
    {
        using var meters = new Meters(SitterDiagnostics.CacheEntries);
        var (first, second) = (Set<Told>(), Set<Told>());
        await first.Dated(1);
        await first.Dated(2);
        await first.Dated(3);
        await second.Dated(1);

        meters.Observe();

        Assert.That(meters.All.Single(one => one.Function!.EndsWith(".Dated", StringComparison.Ordinal)).Value, Is.EqualTo(3));
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }

    [Test]
    public async Task to_count_the_entries_keeps_no_instance()
    {
        using var meters = new Meters(SitterDiagnostics.CacheEntries);
        var weak = await Use();
        for (var i = 0; i < 100 && weak.IsAlive; i++)
        {
            meters.Observe();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(weak.IsAlive, Is.False);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> Use()
    {
        var subject = new Told();
        await subject.Dated(1);
        return new WeakReference(subject);
    }
}

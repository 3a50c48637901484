using System.Runtime.CompilerServices;
using AssemblyToProcess.Configuring;
using AssemblyToProcess.Life;
using Microsoft.Extensions.Caching.Memory;
using Sitters;

namespace Tests.Configuration;

/// <summary>A cache begins anew where configuration had changed its numbers, or switched it off, in between.</summary>
internal sealed class SwitchedCacheTests : ControllerFixture
{
    private const string Name = "AssemblyToProcess.Configuring.Adjusted.Cached";

    private static readonly TestCaseData[] _others =
    [
        new TestCaseData(new SitSettings { CacheSize = 0 }).SetArgDisplayNames("no cache"),
        new TestCaseData(new SitSettings { Disabled = true }).SetArgDisplayNames("disabled"),
        new TestCaseData(new SitSettings { CacheSize = 5 }).SetArgDisplayNames("another size"),
        new TestCaseData(new SitSettings { CacheSeconds = 60 }).SetArgDisplayNames("another time"),
    ];

    [Test]
    public async Task a_cache_begins_anew_with_other_numbers()
    {
        var scene = Cached();
        await scene.Cached(1);
        using (Configure(Name, new SitSettings { CacheSize = 1 }))
        {
            await scene.Cached(1);
            await scene.Cached(2);
            await scene.Cached(1);
        }

        Assert.That(Stage.Story, Is.EqualTo("cached 1, cached 1, cached 2, cached 1"));
    }

    [Test]
    public async Task a_cache_can_be_taken_away_and_given_back()
    {
        var scene = Cached();
        await scene.Cached(1);
        using (Configure(Name, new SitSettings { CacheSize = 0 }))
        {
            await scene.Cached(1);
            await scene.Cached(1);
        }

        await scene.Cached(1);
        await scene.Cached(1);
        Assert.That(Stage.Count("cached 1"), Is.EqualTo(4));
    }

    [TestCaseSource(nameof(_others))]
    public async Task results_from_before_are_gone(SitSettings settings)
    {
        var scene = Cached();
        await scene.Cached(1);
        using (Configure(Name, settings))
        {
            await scene.Cached(1);
        }

        await scene.Cached(1);
        await scene.Cached(1);

        Assert.That(Stage.Story, Is.EqualTo("cached 1, cached 1, cached 1"));
    }

    [TestCaseSource(nameof(_others))]
    public async Task they_are_gone_also_when_no_call_came_in_between(SitSettings settings)
    {
        var scene = Cached();
        await scene.Cached(1);
        Configure(Name, settings).Dispose();

        await scene.Cached(1);
        await scene.Cached(1);

        Assert.That(Stage.Story, Is.EqualTo("cached 1, cached 1"));
    }

    [Test]
    public async Task a_result_that_a_disabled_method_had_is_kept_by_nobody()
    {
        var scene = Cached();
        var result = await KeepOne(scene);
        using var _ = Configure(Name, new SitSettings { Disabled = true });
        for (var i = 0; i < 100 && result.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(result.IsAlive, Is.False);
        GC.KeepAlive(scene);
    }

    [Test]
    public async Task a_cache_keeps_its_results_while_its_own_numbers_stay()
    {
        var scene = Cached();
        await scene.Cached(1);
        using (Configure(Name, new SitSettings { TimeoutSeconds = 5 }))
        {
            await scene.Cached(1);
        }

        Configure(Name, new SitSettings { CacheSize = 10 }).Dispose();

        await scene.Cached(1);

        Assert.That(Stage.Story, Is.EqualTo("cached 1"));
    }

    [Test]
    public async Task the_cache_of_another_method_stays()
    {
        var scene = Cached();
        await scene.Cached(1);
        Configure("AssemblyToProcess.Configuring.Adjusted.Read", new SitSettings { Disabled = true, CacheSize = 0 }).Dispose();

        await scene.Cached(1);

        Assert.That(Stage.Story, Is.EqualTo("cached 1"));
    }

    [Test]
    public async Task a_cache_of_another_scope_stays()
    {
        var scene = Cached();
        await scene.Cached(1);
        using (SitterScope.Begin())
        {
            Configure(Name, new SitSettings { CacheSize = 0 }).Dispose();
            await scene.Cached(1);
        }

        await scene.Cached(1);

        Assert.That(Stage.Story, Is.EqualTo("cached 1"));
    }

    [Test]
    public async Task a_cache_that_was_off_where_it_belongs_begins_anew_in_another_scope_too()
    {
        var scene = Cached();
        await scene.Cached(1);
        Configure(Name, new SitSettings { CacheSize = 0 }).Dispose();

        using (SitterScope.Begin())
        {
            await scene.Cached(1);
        }

        Assert.That(Stage.Story, Is.EqualTo("cached 1, cached 1"));
    }

    [Test]
    public async Task a_run_from_before_is_not_shared_and_its_result_is_not_kept()
    {
        var scene = Set<Adjusted>();
        var early = scene.Cached(1);
        Configure(Name, new SitSettings { CacheSize = 0 }).Dispose();

        var late = scene.Cached(1);
        Stage.OpenForGood("cached");

        Assert.That(await Task.WhenAll(early, late).InTime(), Is.EqualTo(new[] { "1", "1" }));
        Assert.That(Stage.Count("cached 1"), Is.EqualTo(2));
    }

    [Test]
    public async Task results_in_the_users_own_cache_are_dropped_by_the_next_call_and_others_in_it_are_not()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        cache.Set("mine", 1);
        var scene = Stage.Set(new CachedByUser(cache));
        await scene.Work(1).InTime();
        Configure("AssemblyToProcess.Life.CachedByUser.Work", new SitSettings { Disabled = true }).Dispose();

        await scene.Work(1).InTime();
        await scene.Work(1).InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(2));
        Assert.That(cache.Get("mine"), Is.EqualTo(1));
    }

    private Adjusted Cached()
    {
        Stage.OpenForGood("cached");
        return Set<Adjusted>();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> KeepOne(Adjusted scene) => new(await scene.Cached(1_000_000));

    private static IDisposable Configure(string name, SitSettings settings) => Sitter.Configure(configuration => configuration.Methods[name] = settings);
}

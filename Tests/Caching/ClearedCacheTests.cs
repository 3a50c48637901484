using AssemblyToProcess.Life;
using Microsoft.Extensions.Caching.Memory;
using Sitters;

namespace Tests.Caching;

/// <summary>Results that are dropped by the names of their methods.</summary>
internal sealed class ClearedCacheTests : ControllerFixture
{
    [Test]
    public async Task the_results_of_all_instances_are_dropped()
    {
        var one = Set<Cached>();
        var other = Set<Cached>();
        await one.Three(1).InTime();
        await other.Three(1).InTime();

        Clear("Cached.Three");
        await one.Three(1).InTime();
        await other.Three(1).InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(4));
    }

    [Test]
    public async Task shared_results_are_dropped()
    {
        var key = Guid.NewGuid();
        var first = await Cached.Static(key).InTime();

        Clear("Cached.Static");

        Assert.That(await Cached.Static(key).InTime(), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task methods_of_other_names_keep_theirs()
    {
        var subject = Set<Cached>();
        await subject.Three(1).InTime();

        Clear("Cached.One");
        await subject.Three(1).InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task every_instance_of_a_generic_method_is_meant()
    {
        var subject = Set<Cached>();
        await subject.Generic(1).InTime();
        await subject.Generic("a").InTime();

        Clear("Cached.Generic");
        await subject.Generic(1).InTime();
        await subject.Generic("a").InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(4));
    }

    [Test]
    public async Task a_run_under_way_gives_its_callers_the_result_and_is_not_stored()
    {
        var subject = Set<Flights>();
        var early = subject.Work(1, default);

        Clear("Flights.Work");
        Stage.OpenForGood("door");

        Assert.That(await early.InTime(), Is.EqualTo("result 1"));
        await subject.Work(1, default).InTime();
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task a_call_after_it_shares_no_run_from_before()
    {
        var subject = Set<Flights>();
        var early = subject.Work(1, default);

        Clear("Flights.Work");
        var late = subject.Work(1, default);

        Assert.That(Stage.Count("body"), Is.EqualTo(2));
        Stage.OpenForGood("door");
        await Task.WhenAll(early, late).InTime();
    }

    [Test]
    public async Task results_in_the_users_own_cache_are_dropped_and_others_in_it_are_not()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        cache.Set("mine", 1);
        var subject = Stage.Set(new CachedByUser(cache));
        await subject.Work(1).InTime();
        await subject.Other(1).InTime();

        Clear("CachedByUser.Work");
        await subject.Work(1).InTime();
        await subject.Other(1).InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(2));
        Assert.That(Stage.Count("other"), Is.EqualTo(1));
        Assert.That(cache.Get("mine"), Is.EqualTo(1));
    }

    [Test]
    public async Task without_a_name_all_methods_are_meant()
    {
        var subject = Set<Cached>();
        await subject.Three(1).InTime();
        await subject.One(1).InTime();

        Sitter.ClearCaches();
        await subject.Three(1).InTime();
        await subject.One(1).InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(4));
    }

    [Test]
    public async Task names_may_have_wildcards()
    {
        var subject = Set<Cached>();
        await subject.Three(1).InTime();

        Sitter.ClearCaches("*.Cached.Th*");
        await subject.Three(1).InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    private static void Clear(string method) => Sitter.ClearCaches("AssemblyToProcess.Life." + method);
}

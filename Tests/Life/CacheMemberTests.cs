using AssemblyToProcess.Life;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace Tests.Life;

/// <summary>Results in the user's own cache, used as it is.</summary>
internal sealed class CacheMemberTests : ControllerFixture
{
    [Test]
    public async Task equal_calls_run_once_and_a_hit_runs_no_hook()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var subject = Stage.Set(new CachedByUser(cache));

        Assert.That(await subject.Work(1).InTime(), Is.EqualTo("result 1"));
        Assert.That(await subject.Work(1).InTime(), Is.EqualTo("result 1"));
        Assert.That(await subject.Work(2).InTime(), Is.EqualTo("result 2"));

        Assert.That(Stage.Lines, Is.EqualTo(new[] { "startup", "body", "startup", "body" }));
        Assert.That(cache.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task what_the_user_removes_is_gone()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var subject = Stage.Set(new CachedByUser(cache));
        await subject.Work(1).InTime();

        cache.Clear();
        await subject.Work(1).InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task null_is_cached_like_any_other_result()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var subject = Stage.Set(new CachedByUser(cache));

        Assert.That(await subject.Work(-1).InTime(), Is.Null);
        Assert.That(await subject.Work(-1).InTime(), Is.Null);

        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task methods_that_share_a_cache_do_not_share_results()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var subject = Stage.Set(new CachedByUser(cache));

        Assert.That(await subject.Work(1).InTime(), Is.EqualTo("result 1"));
        Assert.That(await subject.Other(1).InTime(), Is.EqualTo("other 1"));
        Assert.That(await subject.Work(1).InTime(), Is.EqualTo("result 1"));
    }

    [Test]
    public async Task instances_that_share_a_cache_have_their_own_results()
    {
        var key = Guid.NewGuid();

        var first = await new CachedByUser(null).InCommon(key).InTime();

        Assert.That(await new CachedByUser(null).InCommon(key).InTime(), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task instances_share_results_where_the_scope_says_so()
    {
        var key = Guid.NewGuid();

        var first = await new CachedByUser(null).SharedInCommon(key).InTime();

        Assert.That(await new CachedByUser(null).SharedInCommon(key).InTime(), Is.EqualTo(first));
    }

    [Test]
    public async Task a_cache_with_a_limit_of_size_takes_each_result_as_one()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = 100 });
        var subject = Stage.Set(new CachedByUser(cache));

        await subject.Work(1).InTime();
        await subject.Work(1).InTime();

        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task a_time_to_live_is_passed_on_to_the_cache()
    {
        var clock = new CacheClock(Clock);
#pragma warning disable CS0618 // The only way to give a MemoryCache a clock.
        using var cache = new MemoryCache(new MemoryCacheOptions { Clock = clock });
#pragma warning restore CS0618
        var subject = Stage.Set(new CachedByUser(cache));
        await subject.Minute(1).AsTask().InTime();

        Clock.Advance(59);
        Assert.That(await subject.Minute(1).AsTask().InTime(), Is.EqualTo(1));
        Clock.Advance(2);
        Assert.That(await subject.Minute(1).AsTask().InTime(), Is.EqualTo(2));
    }

    [Test]
    public async Task a_failure_is_not_cached()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var subject = Stage.Set(new CachedByUser(cache));

        await Failure<ArgumentException>(subject.Fail(1));
        await Failure<ArgumentException>(subject.Fail(1));

        Assert.That(Stage.Count("body"), Is.EqualTo(2));
        Assert.That(cache.Count, Is.Zero);
    }

    [Test]
    public async Task a_member_that_is_null_is_an_error_that_names_the_method()
    {
        var exception = await Failure<InvalidOperationException>(Stage.Set(new CachedByUser(null)).Work(1));

        Assert.That(exception.Message, Does.Contain("AssemblyToProcess.Life.CachedByUser.Work"));
    }

    [Test]
    public async Task a_cache_that_fails_to_look_up_fails_the_call()
    {
        var cache = new MemoryCache(new MemoryCacheOptions());
        cache.Dispose();

        await Failure<ObjectDisposedException>(Stage.Set(new CachedByUser(cache)).Work(1));
    }

    private sealed class CacheClock(TimeProvider clock) : ISystemClock
    {
        public DateTimeOffset UtcNow => clock.GetUtcNow();
    }
}

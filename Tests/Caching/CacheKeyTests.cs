using AssemblyToProcess.Life;

namespace Tests.Caching;

/// <summary>Keys whose code is the user's: they change, they throw, they block.</summary>
internal sealed class CacheKeyTests : ControllerFixture
{
    [Test]
    public async Task a_key_is_hashed_once_a_call()
    {
        var subject = Set<CachedByKey>();
        var hashed = 0;
        var key = new CachedKey(1) { Hashing = () => hashed++ };

        await subject.Get(key).InTime();
        Assert.That(hashed, Is.EqualTo(1));
        await subject.Get(key).InTime();
        Assert.That(hashed, Is.EqualTo(2));
    }

    [Test]
    public async Task a_key_that_its_own_body_changes_costs_a_miss()
    {
        var subject = Set<CachedByKey>();

        var first = await subject.Normalise(new CachedKey(0)).InTime();

        Assert.That(await subject.Normalise(new CachedKey(0)).InTime(), Is.Not.SameAs(first));
        Assert.That(Stage.Count("body"), Is.EqualTo(2));
    }

    [Test]
    public async Task a_cache_keeps_its_size_where_keys_change()
    {
        var subject = Set<CachedByKey>();
        var results = await Task.Run(async () =>
        {
            var kept = new List<WeakReference>();
            for (var i = 0; i < 50; i++)
            {
                kept.Add(new WeakReference(await subject.Normalise(new CachedKey(-i))));
            }

            return kept;
        });

        for (var i = 0; i < 10 && results.Count(result => result.IsAlive) > 2; i++)
        {
            await Task.Delay(1);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(results.Count(result => result.IsAlive), Is.EqualTo(2));
        GC.KeepAlive(subject);
    }

    [Test]
    public async Task a_failed_run_is_over_though_its_key_has_changed()
    {
        var subject = Set<CachedByKey>();

        await Failure<ArgumentException>(subject.NormaliseAndFail(new CachedKey(0)));
        await Failure<ArgumentException>(subject.NormaliseAndFail(new CachedKey(0)));
        await Failure<ArgumentException>(subject.NormaliseAndFail(new CachedKey(1)));

        Assert.That(Stage.Count("body"), Is.EqualTo(3));
    }

    [Test]
    public async Task a_key_in_the_users_own_cache_may_change_too()
    {
        var subject = Set<CachedByKey>();

        Assert.That(await subject.InMemoryCache(new CachedKey(0)).InTime(), Is.EqualTo(1));
        Assert.That(await subject.InMemoryCache(new CachedKey(0)).InTime(), Is.EqualTo(1));
        Assert.That(await subject.InMemoryCache(new CachedKey(1)).InTime(), Is.EqualTo(1));
        Assert.That(await subject.InMemoryCache(new CachedKey(1)).InTime(), Is.EqualTo(1));

        Assert.That(Stage.Count("body"), Is.EqualTo(3));
    }

    [Test]
    public async Task what_a_hash_code_throws_comes_through_the_task()
    {
        var subject = Set<CachedByKey>();
        var keys = new[] { new CachedKey(1), new CachedKey(2) { Hashing = () => throw new FormatException() }, new CachedKey(3) };

        var calls = keys.Select(subject.Get).ToArray();

        Assert.That(await calls[0].InTime(), Is.EqualTo(1));
        await Failure<FormatException>(calls[1]);
        Assert.That(await calls[2].InTime(), Is.EqualTo(3));
    }

    [Test]
    public async Task what_a_comparison_throws_comes_through_the_task()
    {
        var subject = Set<CachedByKey>();
        await subject.Get(new CachedKey(1)).InTime();

        await Failure<FormatException>(subject.Get(new CachedKey(1) { Comparing = () => throw new FormatException() }));

        Assert.That(await subject.Get(new CachedKey(1)).InTime(), Is.EqualTo(1));
        Assert.That(Stage.Count("body"), Is.EqualTo(1));
    }

    [Test]
    public async Task what_a_key_of_the_users_own_cache_throws_comes_through_the_task() => await Failure<FormatException>(
        Set<CachedByKey>().InMemoryCache(new CachedKey(2) { Hashing = () => throw new FormatException() }));

    [Test]
    public async Task a_comparison_that_blocks_keeps_no_other_key_waiting()
    {
        var subject = Set<CachedByKey>();
        using var isComparing = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        await subject.Get(new CachedKey(1)).InTime();
        var blocked = Task.Run(() => subject.Get(new CachedKey(1)
        {
            Comparing = () =>
            {
                isComparing.Set();
                mayGoOn.Wait(Stage.Patience);
            },
        }));
        Assert.That(isComparing.Wait(Stage.Patience));

        for (var page = 2; page < 20; page++)
        {
            Assert.That(await subject.Get(new CachedKey(page)).InTime(), Is.EqualTo(page));
        }

        Assert.That(blocked.IsCompleted, Is.False);
        mayGoOn.Set();
        Assert.That(await blocked.InTime(), Is.EqualTo(1));
    }
}

using Sitters;
using Sitters.Runtime.Caching;
using Sitters.Runtime.Plans;

namespace Tests.Caching;

/// <summary>The store of results: its bound, its times, and many threads at once.</summary>
internal sealed class LruStoreTests : ControllerFixture
{
    [Test]
    public void a_result_from_before_another_clock_has_expired()
    {
        var store = new LruStore<Number, int>(new CacheLimits(10, TimeSpan.FromSeconds(60), null));
        Set(store, 1);
        Clock.Advance(3600);
        Set(store, 2);

        Sitter.TimeProvider = new TestClock();

        Assert.That(Has(store, 1), Is.False);
        Assert.That(Has(store, 2), Is.False);
        Set(store, 2);
        Assert.That(Has(store, 2));
    }

    [Test]
    public void without_times_a_clock_does_not_matter()
    {
        var store = new LruStore<Number, int>(new CacheLimits(10, null, null));
        Set(store, 1);

        Sitter.TimeProvider = new TestClock();

        Assert.That(Has(store, 1));
    }

    [Test]
    public void the_longest_time_of_all_does_not_overflow()
    {
        var store = new LruStore<Number, int>(new CacheLimits(10, TimeSpan.MaxValue, TimeSpan.MaxValue));

        Set(store, 1);

        Assert.That(Has(store, 1));
    }

    [Test]
    public void to_look_up_what_is_among_the_newest_writes_nothing()
    {
        var store = new LruStore<Number, int>(new CacheLimits(1000, null, null));
        for (var number = 0; number < 16; number++)
        {
            Set(store, number);
        }

        var stamps = store.Stamps;
        Assert.That(Enumerable.Range(0, 16).All(number => Has(store, number)));

        Assert.That(store.Stamps, Is.EqualTo(stamps));
    }

    [Test]
    public void a_small_cache_drops_the_least_recently_used()
    {
        var store = new LruStore<Number, int>(new CacheLimits(3, null, null));
        Set(store, 1);
        Set(store, 2);
        Set(store, 3);
        Assert.That(Has(store, 2) && Has(store, 1));

        Set(store, 4);

        Assert.That(Enumerable.Range(1, 4).Where(number => Has(store, number)), Is.EqualTo(new[] { 1, 2, 4 }));
    }

    [Test]
    public void a_large_cache_keeps_what_is_used_while_three_quarters_of_it_are_replaced()
    {
        const int size = 1000;
        var store = new LruStore<Number, int>(new CacheLimits(size, null, null));
        Set(store, 0);

        for (var number = 1; number < 10 * size; number++)
        {
            Set(store, number);
            if (number % (size * 3 / 4) == 0)
            {
                Assert.That(Has(store, 0));
            }
        }

        Assert.That(Has(store, 1), Is.False);
    }

    [TestCase(1)]
    [TestCase(7)]
    public void it_holds_the_newest_and_no_more_than_its_size_under_many_threads(int size)
    {
        var store = new LruStore<Number, int>(new CacheLimits(size, null, null));
        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 5000; i++)
            {
                var number = random.Next(50);
                if (!Has(store, number))
                {
                    Set(store, number);
                }
            }
        });
        Set(store, 100);

        Assert.That(Has(store, 100));
        Assert.That(Enumerable.Range(0, 101).Count(number => Has(store, number)), Is.EqualTo(size));
    }

    [Test]
    public void a_value_is_always_its_keys_under_many_threads()
    {
        var store = new LruStore<Number, int>(new CacheLimits(20, null, null));

        var wrong = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Sum(thread =>
        {
            var random = new Random(thread);
            return Enumerable.Range(0, 5000).Count(_ =>
            {
                var number = random.Next(50);
                Set(store, number);
                return store.TryGet(new Number(number), number % 3, out var entry) && entry.Value != number;
            });
        });

        Assert.That(wrong, Is.Zero);
    }

    private static void Set(LruStore<Number, int> store, int number) => store.Set(new Number(number), number % 3, number);

    private static bool Has(LruStore<Number, int> store, int number) => store.TryGet(new Number(number), number % 3, out _);

    private readonly record struct Number(int Value);
}

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

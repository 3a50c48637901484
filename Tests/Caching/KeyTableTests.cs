using Sitters.Runtime.Caching;

namespace Tests.Caching;

/// <summary>The hash table of caches, beside an ordinary dictionary.</summary>
internal sealed class KeyTableTests
{
    [Test]
    public void it_finds_what_was_added_and_not_what_was_removed()
    {
        var table = new KeyTable<Number, string>();
        var expected = new Dictionary<int, string>();
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var number = random.Next(300);
            if (expected.Remove(number, out var value))
            {
                table.Remove(number % 100, value);
            }
            else
            {
                value = $"{number} {i}";
                expected.Add(number, value);
                table.Add(new Number(number), number % 100, value);
            }

            var other = random.Next(300);
            Assert.That(table.Find(new Number(other), other % 100), Is.SameAs(expected.GetValueOrDefault(other)));
        }
    }

    [Test]
    public void a_place_is_unchanged_until_something_comes_or_goes_there()
    {
        var table = new KeyTable<Number, string>();
        Assert.That(table.Find(new Number(1), 1, out var empty), Is.Null);
        Assert.That(table.IsUnchanged(empty));

        table.Add(new Number(1), 1, "one");
        Assert.That(table.IsUnchanged(empty), Is.False);
        Assert.That(table.Find(new Number(1), 1, out var full), Is.EqualTo("one"));
        Assert.That(table.IsUnchanged(full));

        table.Remove(1, "one");
        Assert.That(table.IsUnchanged(full), Is.False);
    }

    [Test]
    public void a_place_is_outdated_when_the_table_has_grown()
    {
        var table = new KeyTable<Number, string>();
        table.Find(new Number(1), 1, out var place);

        for (var i = 2; i < 100; i++)
        {
            table.Add(new Number(i), i, "other");
        }

        Assert.That(table.IsUnchanged(place), Is.False);
    }

    private readonly record struct Number(int Value);
}

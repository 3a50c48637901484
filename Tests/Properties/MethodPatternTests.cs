using FsCheck;
using FsCheck.Fluent;
using Sitters;

namespace Tests.Properties;

/// <summary>Patterns of methods against the plainest way to read them.</summary>
internal sealed class MethodPatternTests
{
    // So few letters that much of what is made matches.
    private static readonly Gen<string> _patterns = Gen.Frequency((2, Gen.Elements('a', 'b', '.')), (1, Gen.Elements('*', '?'))).ArrayOf()
        .Select(letters => new string(letters));

    private static readonly Gen<string> _names = Gen.Elements('a', 'b', '.').ArrayOf().Select(letters => new string(letters));

    [Test]
    public void a_text_is_a_pattern_or_is_refused_with_the_reason() => Property.Holds(
        Property.Texts,
        text =>
        {
            try
            {
                Assert.That(MethodPattern.Parse(text).Text, Is.EqualTo(text));
            }
            catch (ArgumentException refusal)
            {
                Assert.That(refusal.Message, Does.Contain("names no method"));
                Assert.That(text.Length == 0 || text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)));
            }
        },
        cases: 1000);

    [Test]
    public void it_matches_what_is_left_where_each_wildcard_takes_what_it_may() => Property.Holds(
        Patterns().Zip(_names),
        pair => Assert.That(MethodPattern.Parse(pair.Item1).Matches(pair.Item2), Is.EqualTo(Naive(pair.Item1, pair.Item2))),
        cases: 1500);

    [Test]
    public void apply_in_the_weavers_file_means_the_same() => Property.Holds(
        Patterns().Zip(_names),
        pair => Assert.That(FodyWeaversTests.RuleMatches(pair.Item1, pair.Item2), Is.EqualTo(Naive(pair.Item1, pair.Item2))),
        cases: 1000);

    [Test]
    public void a_pattern_that_covers_another_matches_all_that_the_other_does() => Property.Holds(
        Patterns().Zip(Patterns()).Zip(_names),
        values =>
        {
            var ((outer, inner), name) = values;
            if (MethodPattern.Parse(outer).Covers(MethodPattern.Parse(inner)) && Naive(inner, name))
            {
                Assert.That(Naive(outer, name), $"{outer} over {inner}");
            }
        },
        cases: 1500);

    [Test]
    public void many_wildcards_cost_no_more_than_pattern_times_name()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 200)) + "b";
        var name = new string('a', 20_000);

        Assert.That(MethodPattern.Parse(pattern).Matches(name), Is.False);
        Assert.That(FodyWeaversTests.RuleMatches(pattern, name), Is.False);
    }

    private static Gen<string> Patterns() => _patterns.Where(pattern => pattern.Length > 0).Resize(20);

    private static bool Naive(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty)
        {
            return name.IsEmpty;
        }

        return pattern[0] == '*'
            ? Naive(pattern[1..], name) || (!name.IsEmpty && Naive(pattern, name[1..]))
            : !name.IsEmpty && (pattern[0] == '?' || pattern[0] == name[0]) && Naive(pattern[1..], name[1..]);
    }
}

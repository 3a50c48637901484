namespace Tests.Layers;

/// <summary>Sitters.Runtime is made of layers: each knows only those below it, and few types know one another in a circle.</summary>
internal sealed class RuntimeTests
{
    private const int LargestKnot = 29;

    private static readonly TypeGraph _graph = new(typeof(Sitters.Runtime.CompilerServices.Gate).Assembly.Location);

    [Test]
    public void few_types_reach_one_another()
    {
        var knots = _graph.Knots();
        TestContext.Out.WriteLine($"{_graph.Types.Count} types; the largest knots: {string.Join(", ", knots.Take(3).Select(knot => knot.Count))}");
        foreach (var knot in knots.Take(3))
        {
            TestContext.Out.WriteLine($"  {string.Join(", ", knot.Select(type => type["Sitters.Runtime.".Length..]))}");
        }

        Assert.That(knots[0], Has.Count.LessThanOrEqualTo(LargestKnot));
    }
}

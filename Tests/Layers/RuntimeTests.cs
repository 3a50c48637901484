namespace Tests.Layers;

/// <summary>Sitters.Runtime is made of layers: each knows only those below it, and few types know one another in a circle.</summary>
internal sealed class RuntimeTests
{
    private const int LargestKnot = 8;
    private const string Root = "Sitters.Runtime.";

    /// <summary>From the bottom up: a namespace each, and a folder of that name.</summary>
    private static readonly string[] _layers =
    [
        "Mapping", "Time", "Retrying", "Plans", "Configuring", "Telemetry", "Gating", "Calls", "Control", "Execution", "Caching", "Streaming",
        "Remote", "CompilerServices",
    ];

    private static readonly TypeGraph _graph = new(typeof(Sitters.Runtime.CompilerServices.Gate).Assembly.Location);

    [Test]
    public void every_type_is_in_one_of_the_layers() =>
        Assert.That(_graph.Types.Select(LayerOf).Distinct(), Is.EquivalentTo(_layers));

    [Test]
    public void a_layer_has_a_folder_of_its_name()
    {
        var folders = Directory.EnumerateDirectories(Repository.PathOf("Sitters.Runtime")).Select(Path.GetFileName).Except(["bin", "obj"]);

        Assert.That(folders, Is.EquivalentTo(_layers));
    }

    [Test]
    public void no_type_names_one_of_a_higher_layer()
    {
        var upward = _graph.Arrows.Where(arrow => Height(arrow.To) > Height(arrow.From)).Select(arrow => $"{arrow.From} names {arrow.To}");

        Assert.That(upward, Is.Empty);
    }

    [Test]
    public void few_types_reach_one_another()
    {
        var knots = _graph.Knots();
        TestContext.Out.WriteLine($"{_graph.Types.Count} types; the largest knots: {string.Join(", ", knots.Take(3).Select(knot => knot.Count))}");
        foreach (var knot in knots.Take(3))
        {
            TestContext.Out.WriteLine($"  {string.Join(", ", knot.Select(type => type[Root.Length..]))}");
        }

        Assert.That(knots[0], Has.Count.LessThanOrEqualTo(LargestKnot));
    }

    private static string LayerOf(string type) => TypeGraph.NamespaceOf(type)[Root.Length..];

    private static int Height(string type) => Array.IndexOf(_layers, LayerOf(type));
}

namespace Tests.Layers;

/// <summary>The weaver is made of layers: each namespace uses only those below it.</summary>
internal sealed class WeaverTests
{
    private static readonly string[] _fromBelow =
    [
        "Sitters.Rules.Settings",
        "Sitters.Rules",
        "Sitters.Rules.Reading",
        "Sitters.Rules.Checking",
        "Sitters.Fody.Symbols",
        "Sitters.Fody.Metadata",
        "Sitters.Fody.Model",
        "Sitters.Fody.Diagnostics",
        "Sitters.Fody.References",
        "Sitters.Fody.Reading",
        "Sitters.Fody.Checking",
        "Sitters.Fody.Rewriting.Forwarding",
        "Sitters.Fody.Rewriting.Mapping",
        "Sitters.Fody.Rewriting.Gating",
        "Sitters.Fody.Rewriting",
        "Sitters.Fody",
    ];

    private static readonly TypeGraph _graph = new(typeof(Sitters.Fody.ModuleWeaver).Assembly.Location);

    [Test]
    public void every_namespace_has_its_layer() =>
        Assert.That(_graph.Types.Select(TypeGraph.NamespaceOf).Distinct(), Is.EquivalentTo(_fromBelow));

    [Test]
    public void a_namespace_uses_only_those_below_it() => Assert.That(
        _graph.Arrows
            .Where(arrow => _graph.Types.Contains(arrow.To) && LayerOf(arrow.From) < LayerOf(arrow.To))
            .Select(arrow => $"{arrow.From} uses {arrow.To}"),
        Is.Empty);

    private static int LayerOf(string type) => Array.IndexOf(_fromBelow, TypeGraph.NamespaceOf(type));
}

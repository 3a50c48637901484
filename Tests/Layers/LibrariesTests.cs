namespace Tests.Layers;

/// <summary>What holds for every library, the weaver, the analyzer and the tool.</summary>
internal sealed class LibrariesTests
{
    private const int LargestKnot = 2;

    /// <summary>All folders of that name, so that a new project is not forgotten.</summary>
    private static IEnumerable<string> Folders => Directory.EnumerateDirectories(Repository.PathOf(), "Sitters*");

    [Test]
    public void no_file_is_longer_than_300_lines()
    {
        var tooLong = from folder in Folders
                      from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                      where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                      let lines = File.ReadLines(file).Count()
                      where lines > 300
                      select $"{file}: {lines}";

        Assert.That(tooLong, Is.Empty);
    }

    [Test]
    public void no_namespaces_know_one_another_in_a_circle(
        [Values("Sitters", "Sitters.Runtime", "Sitters.Fody", "Sitters.AspNetCore")] string library)
    {
        var uses = GraphOf(library).Arrows
            .Select(arrow => (From: TypeGraph.NamespaceOf(arrow.From), To: TypeGraph.NamespaceOf(arrow.To)))
            .Where(arrow => arrow.From != arrow.To)
            .ToHashSet();

        // What knows no other that is left, is in no circle.
        while (uses.RemoveWhere(arrow => !uses.Any(other => other.From == arrow.To)) > 0)
        {
        }

        Assert.That(uses, Is.Empty);
    }

    [Test]
    public void few_types_reach_one_another([Values("Sitters.AspNetCore", "Sitters.Hosting", "Sitters.Testing", "Sitters.Tool")] string library)
    {
        var knots = GraphOf(library).Knots();
        TestContext.Out.WriteLine(string.Join("\n", knots.Select(knot => string.Join(", ", knot))));

        Assert.That(knots.Select(knot => knot.Count), Is.All.LessThanOrEqualTo(LargestKnot));
    }

    private static TypeGraph GraphOf(string library) => new(Path.Combine(AppContext.BaseDirectory, $"{library}.dll"));
}

using System.Text.RegularExpressions;

namespace Tests.Documentation;

/// <summary>What the README shows is what Samples runs, and what it links to is there.</summary>
internal sealed partial class ReadmeExampleTests
{
    private static readonly string _readme = File.ReadAllText(Repository.PathOf("README.md"));
    private static readonly Dictionary<string, string> _regions = Regions();

    private static IEnumerable<string> Named => ExampleInReadme().Matches(_readme).Select(match => match.Groups["name"].Value);

    [TestCaseSource(nameof(Named))]
    public void an_example_is_the_one_that_is_compiled(string name)
    {
        var shown = ExampleInReadme().Matches(_readme).Single(match => match.Groups["name"].Value == name).Groups["code"].Value;

        Assert.That(_regions, Does.ContainKey(name));
        Assert.That(shown, Is.EqualTo(_regions[name]));
    }

    [Test]
    public void every_block_of_code_is_such_an_example()
    {
        var blocks = CodeBlock().Count(_readme);

        Assert.That(ExampleInReadme().Count(_readme), Is.EqualTo(blocks));
        Assert.That(_regions.Keys, Is.EquivalentTo(Named));
    }

    [Test]
    public void every_link_leads_somewhere()
    {
        var targets = Link().Matches(_readme).Select(match => match.Groups["target"].Value).Where(target => !target.Contains(':') && !target.StartsWith('#'));

        Assert.That(targets.Where(target => !File.Exists(Repository.PathOf(target))), Is.Empty);
    }

    private static Dictionary<string, string> Regions()
    {
        var regions = new Dictionary<string, string>();
        foreach (var file in SampleFiles())
        {
            foreach (Match region in Region().Matches(File.ReadAllText(file)))
            {
                regions.Add(region.Groups["name"].Value, Outdent(region.Groups["code"].Value));
            }
        }

        return regions;
    }

    private static IEnumerable<string> SampleFiles()
    {
        var samples = Repository.PathOf("Samples");
        return Directory.EnumerateFiles(Path.Combine(samples, "Examples"), "*.cs").Append(Path.Combine(samples, "FodyWeavers.xml"));
    }

    private static string Outdent(string code)
    {
        var lines = code.Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..]));
    }

    [GeneratedRegex(@"<!-- sample: (?<name>\S+) -->\n```\w+\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExampleInReadme();

    [GeneratedRegex(@"^```(csharp|xml)$", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<target>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^ *(//|<!--) README: (?<name>\S+).*?\n(?<code>.*?\n) *(// end|<!-- end -->)$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();
}

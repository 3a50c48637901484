using System.Text.RegularExpressions;

namespace Tests.Documentation;

/// <summary>A part of Samples that a page shows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Code">The code, outdented.</param>
/// <param name="IsWhole">It is types, and not statements of a method.</param>
/// <param name="Usings">The using directives of its file.</param>
internal sealed partial record SampleRegion(string Name, string Code, bool IsWhole, string[] Usings)
{
    public static IReadOnlyList<SampleRegion> All { get; } = [.. Files().SelectMany(file => In(File.ReadAllText(file)))];

    private static IEnumerable<string> Files()
    {
        var samples = Repository.PathOf("Samples");
        var tests = Repository.PathOf("Samples.Testing");
        return Directory.EnumerateFiles(Path.Combine(samples, "Examples"), "*.cs")
            .Append(Path.Combine(samples, "FodyWeavers.xml"))
            .Concat(Directory.EnumerateFiles(tests, "*.cs"))
            .Concat(Directory.EnumerateDirectories(tests).SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs")));
    }

    private static IEnumerable<SampleRegion> In(string text)
    {
        string[] usings = [.. Using().Matches(text).Select(match => match.Value)];
        foreach (Match region in Region().Matches(text))
        {
            var lines = region.Groups["code"].Value.Split('\n');
            var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
            var code = string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..]));
            yield return new SampleRegion(region.Groups["name"].Value, code, usings.Length > 0 && indent == 0, usings);
        }
    }

    [GeneratedRegex(
        @"^ *(//|<!--) README: (?<name>\S+).*?\n(?<code>.*?\n) *(// end|<!-- end -->)$",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"^using [\w.]+;$", RegexOptions.Multiline)]
    private static partial Regex Using();
}

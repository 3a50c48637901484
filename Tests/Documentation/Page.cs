using System.Text.RegularExpressions;

namespace Tests.Documentation;

/// <summary>A page of the documentation.</summary>
internal sealed partial class Page
{
    private readonly string _prose;

    private Page(string name)
    {
        Name = name;
        FullPath = Repository.PathOf(name.Split('/'));
        Text = File.ReadAllText(FullPath);
        _prose = Fence().Replace(Text, "");
    }

    /// <summary>All pages, at the root and in docs.</summary>
    public static IReadOnlyList<Page> All { get; } = [.. Names().Order(StringComparer.Ordinal).Select(name => new Page(name))];

    /// <summary>The path from the root.</summary>
    public string Name { get; }

    /// <summary>The path on this machine.</summary>
    public string FullPath { get; }

    public string Text { get; }

    public long Size => new FileInfo(FullPath).Length;

    /// <summary>Whether its examples have to be samples. Pages of errors show what does not build.</summary>
    public bool ShowsSamples => !Name.StartsWith("docs/errors/SIT", StringComparison.Ordinal) && Name != PackageReadme;

    public static string PackageReadme => "docs/package-readme.md";

    public IEnumerable<Example> Examples => SampleBlock().Matches(Text)
        .Select(match => new Example(match.Groups["name"].Value, match.Groups["usings"].Value, match.Groups["code"].Value));

    /// <summary>The code of every block of C# or XML, named or not.</summary>
    public IEnumerable<string> CodeBlocks => CodeBlock().Matches(Text).Select(match => match.Groups["code"].Value);

    public IEnumerable<string> Links => Link().Matches(CodeSpan().Replace(_prose, "")).Select(match => match.Groups["target"].Value);

    /// <summary>What stands between backticks.</summary>
    public IEnumerable<string> CodeSpans => CodeSpan().Matches(_prose).Select(match => match.Value.Trim('`'));

    /// <summary>What a link may name behind its #, as the sites that show Markdown make it of a heading.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(_prose)
        .Select(match => NotInAnchor().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    public static Page Get(string name) => All.Single(page => page.Name == name);

    public override string ToString() => Name;

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Repository.PathOf(), "*.md")
            .Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.PathOf(), file).Replace(Path.DirectorySeparatorChar, '/'));

    [GeneratedRegex(@"<!-- sample: (?<name>\S+) -->\n```\w+\n(?<usings>(using [\w.]+;\n)*)\n?(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex SampleBlock();

    [GeneratedRegex(@"^```(csharp|cs|c#|xml)\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}

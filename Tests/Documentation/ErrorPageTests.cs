using System.Text.RegularExpressions;

namespace Tests.Documentation;

/// <summary>Each code that the weaver or the package's build files can report has a page, and a line in their index that leads to it.</summary>
internal sealed partial class ErrorPageTests
{
    private static readonly string _index = File.ReadAllText(Repository.PathOf("docs", "errors", "README.md"));

    private static IEnumerable<(string Code, string Severity)> Reported => OfWeaver().Concat(OfPackage()).Distinct();

    [Test]
    public void both_the_weaver_and_the_package_report_codes()
    {
        Assert.That(OfWeaver(), Is.Not.Empty);
        Assert.That(OfPackage(), Is.Not.Empty);
    }

    [TestCaseSource(nameof(Reported))]
    public void a_code_has_its_page((string Code, string Severity) reported)
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "errors", $"{reported.Code}.md"));

        Assert.That(page, Does.StartWith($"# {reported.Code}: ").And.Contain($"\nSeverity: {reported.Severity}\n").And.Contain("\n## Mending\n"));
        Assert.That(_index, Does.Contain($"| [{reported.Code}]({reported.Code}.md) | {reported.Severity} | "));
    }

    [Test]
    public void no_page_is_of_a_code_that_nobody_reports()
    {
        var pages = Directory.EnumerateFiles(Repository.PathOf("docs", "errors"))
            .Select(Path.GetFileNameWithoutExtension)
            .Where(page => page != "README");

        Assert.That(pages, Is.EquivalentTo(Reported.Select(reported => reported.Code)));
    }

    private static IEnumerable<(string Code, string Severity)> OfWeaver() =>
        Find("Sitters.Fody", "*.cs", InWeaver()).Concat(Find("Sitters.Fody", "*.cs", OfDefects()).Select(found => (found.Code, "error")));

    private static IEnumerable<(string Code, string Severity)> OfPackage() =>
        Find("Sitters.Fody/Package", "*.targets", InTargets());

    private static IEnumerable<(string Code, string Severity)> Find(string folder, string files, Regex report) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), files, SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => report.Matches(File.ReadAllText(file)))
            .Select(match => (match.Groups["code"].Value, match.Groups["severity"].Value is "Warning" ? "warning" : "error"))
            .ToList();

    [GeneratedRegex(@"((?<severity>Error|Warning)\((sat, )?|new Diagnostic\()\s*""(?<code>SIT\d+)""")]
    private static partial Regex InWeaver();

    [GeneratedRegex(@"new Diagnostic\(""(?<code>SIT\d+)"", true")]
    private static partial Regex OfDefects();

    [GeneratedRegex(@"<(?<severity>Error|Warning)[^>]*?Code=""(?<code>SIT\d+)""", RegexOptions.Singleline)]
    private static partial Regex InTargets();
}

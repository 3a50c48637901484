using System.Xml.Linq;
using Sitters.Rules;

namespace Tests.Documentation;

/// <summary>Each code that the weaver or the package's build files report has a page, and a line in the index that leads to it.</summary>
internal sealed class ErrorPageTests
{
    private static readonly string _index = File.ReadAllText(Repository.PathOf("docs", "errors", "README.md"));

    private static IEnumerable<(string Code, string Severity)> Reported => OfWeaver.Concat(OfPackage);

    private static IEnumerable<(string Code, string Severity)> OfWeaver => KnownRules.All.Select(rule => (rule.Id, Name(rule.Severity)));

    private static IEnumerable<(string Code, string Severity)> OfPackage =>
        new[] { Repository.PathOf("Sitters.Fody", "Package"), Repository.PathOf("Sitters", "buildTransitive") }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.targets", SearchOption.AllDirectories))
            .SelectMany(file => XElement.Load(file).Descendants())
            .Where(task => task.Name.LocalName is "Error" or "Warning")
            .Select(task => (task.Attribute("Code")!.Value, task.Name.LocalName == "Error" ? "error" : "warning"))
            .Distinct();

    [Test]
    public void both_the_weaver_and_the_package_report_codes()
    {
        Assert.That(OfWeaver, Is.Not.Empty);
        Assert.That(OfPackage, Is.Not.Empty);
    }

    [Test]
    public void no_two_rules_share_a_code() => Assert.That(Reported.Select(reported => reported.Code), Is.Unique);

    [Test]
    public void the_catalogue_lists_every_rule_that_the_weaver_has() => Assert.That(
        KnownRules.All,
        Is.EquivalentTo(typeof(KnownRules).GetProperties()
            .Where(property => property.PropertyType == typeof(Rule))
            .Select(property => property.GetValue(null))));

    [TestCaseSource(nameof(Reported))]
    public void a_code_has_its_page((string Code, string Severity) reported)
    {
        var page = File.ReadAllText(PathOf(reported.Code));

        Assert.That(page, Does.StartWith($"# {reported.Code}: "));
        Assert.That(page, Does.Contain($"\nSeverity: {reported.Severity}\n").And.Contain("\n## How to fix\n"));
        Assert.That(_index, Does.Contain($"| [{reported.Code}]({reported.Code}.md) | {reported.Severity} | "));
    }

    [TestCaseSource(typeof(KnownRules), nameof(KnownRules.All))]
    public void a_page_of_the_weaver_begins_with_the_title_of_its_rule(Rule rule) =>
        Assert.That(File.ReadLines(PathOf(rule.Id)).First(), Is.EqualTo($"# {rule.Id}: {rule.Title}"));

    [Test]
    public void no_page_is_of_a_code_that_nobody_reports()
    {
        var pages = Directory.EnumerateFiles(Repository.PathOf("docs", "errors"))
            .Select(Path.GetFileNameWithoutExtension)
            .Where(page => page != "README");

        Assert.That(pages, Is.EquivalentTo(Reported.Select(reported => reported.Code)));
    }

    private static string Name(Severity severity) => severity == Severity.Error ? "error" : "warning";

    private static string PathOf(string code) => Repository.PathOf("docs", "errors", $"{code}.md");
}

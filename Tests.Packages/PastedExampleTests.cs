using System.Text.RegularExpressions;

namespace Tests.Packages;

/// <summary>Each example of the documentation that declares its types compiles when it is pasted into a new console project that has the
/// package and nothing else. A part of a method is not meant to be pasted; an example that needs another package says so by its
/// usings.</summary>
[Category("Packages")]
public sealed partial class PastedExampleTests
{
    private const string New = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>";
    private const string NewProgram = """Console.WriteLine("Hello, World!");""";

    private readonly Consumers _consumers = new("pasted");
    private Output _build = new("", 0, "");

    private static IEnumerable<(string Name, string Code)> Samples =>
        Pages().SelectMany(page => Sample().Matches(File.ReadAllText(page)))
            .Select(match => (Name: match.Groups["name"].Value, Code: match.Groups["code"].Value))
            .Where(sample => TypeDeclaration().IsMatch(sample.Code) && !OtherPackage().IsMatch(sample.Code))
            .DistinctBy(sample => sample.Name);

    private static IEnumerable<string> Names => Samples.Select(sample => sample.Name);

    private static IEnumerable<string> FirstPages => ["README.md", "docs/package-readme.md"];

    [OneTimeSetUp]
    public async Task Build()
    {
        foreach (var page in FirstPages)
        {
            var first = CodeBlock().Match(File.ReadAllText(Repository.PathOf(page))).Groups["code"].Value;
            _consumers.AddProject(ProjectOf(page), New, Consumers.SittersAndMemoryCache, ("Program.cs", NewProgram), ("Pasted.cs", first));
        }

        // In namespaces of their own: several examples have types of the same name.
        _consumers.AddProject("Samples", New, Consumers.SittersAndMemoryCache,
            [("Program.cs", NewProgram), .. Samples.Select(sample => (FileOf(sample.Name), InNamespace(sample.Name, sample.Code)))]);
        _consumers.Write("Samples/FodyWeavers.xml", File.ReadAllText(Repository.PathOf("Samples", "FodyWeavers.xml")));
        _consumers.AddSolution("Pasted", [.. FirstPages.Select(ProjectOf), "Samples"]);

        _build = await _consumers.Dotnet("build", "Pasted.slnx");
    }

    [TestCaseSource(nameof(FirstPages))]
    public void the_first_example_of_a_readme_compiles_and_is_woven_as_it_is(string page)
    {
        Assert.That(_build.Errors(ProjectOf(page)).Concat(_build.Warnings(ProjectOf(page))), Is.Empty);
        Assert.That(File.Exists(_consumers.AssemblyOf(ProjectOf(page))), _build.ToString());
    }

    [TestCaseSource(nameof(Names))]
    public void an_example_that_declares_its_types_compiles(string sample) =>
        Assert.That(
            _build.Errors("Samples").Concat(_build.Warnings("Samples")).Where(message => message.Contains($"{FileOf(sample)}(")),
            Is.Empty);

    [Test]
    public void all_examples_together_are_woven() => Assert.That(File.Exists(_consumers.AssemblyOf("Samples")), _build.ToString());

    private static string InNamespace(string sample, string code) => $"namespace {sample.Replace('-', '_')}_sample;\n{code}";

    private static string FileOf(string sample) => $"{sample}.cs";

    private static string ProjectOf(string page) => $"First of {Path.GetFileNameWithoutExtension(page)}";

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Prepend(Repository.PathOf("README.md"));

    [GeneratedRegex(@"<!-- sample: (?<name>\S+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^using (Microsoft\.Extensions\.(?!Caching\.Memory;)|Orleans\.|Spectre\.Console;)", RegexOptions.Multiline)]
    private static partial Regex OtherPackage();

    /// <summary>On a line that is not indented.</summary>
    [GeneratedRegex(
        @"^((public|internal|file|static|sealed|abstract|readonly|partial) )*(class|struct|record|interface|enum) ",
        RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}

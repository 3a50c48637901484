namespace Tests.Packages;

/// <summary>The analyzer of the package beside the weaver, in one build: what the source shows is told once, by whichever of them ran.</summary>
[Category("Packages")]
public sealed class AnalyzerTests
{
    private const string Loose = Consumers.Loose;
    private const string Target = "<TargetFramework>net10.0</TargetFramework>";
    private const string Strict = Target + "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>";

    private readonly Consumers _consumers = new("analyzer");
    private Output _build = new("", 0, "");
    private Output _again = new("", 0, "");
    private Output _red = new("", 0, "");

    [OneTimeSetUp]
    public async Task Build()
    {
        Add("Told", Target);
        Add("Unanalyzed", $"{Target}<RunAnalyzersDuringBuild>false</RunAnalyzersDuringBuild>");
        Add("Several", "<TargetFrameworks>net8.0;net10.0</TargetFrameworks>");
        Add("NoWarn", $"{Strict}<NoWarn>$(NoWarn);SIT005</NoWarn>");
        Add("EditorConfig", Strict);
        _consumers.Write("EditorConfig/.editorconfig", "[*.cs]\ndotnet_diagnostic.SIT005.severity = none\n");
        Add("Pragma", Strict, Loose.Replace("public async", "#pragma warning disable SIT005\n    public async"));
        Add("Attribute", Strict, Loose.Replace("    [Sit", "    [System.Diagnostics.CodeAnalysis.SuppressMessage(\"Sitters\", \"SIT005\")]\n    [Sit"));
        Add("Configured", Strict, Loose.Replace("TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault", "RetryDelaySeconds = 1"));
        _consumers.Write("Configured/FodyWeavers.xml", "<Weavers><Sitters MaxAttempts=\"3\" /></Weavers>");
        Add("InProject", $"{Strict}<WeaverConfiguration>&lt;Weavers&gt;&lt;Sitters MaxAttempts=\"3\" /&gt;&lt;/Weavers&gt;</WeaverConfiguration>",
            Loose.Replace("TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault", "RetryDelaySeconds = 1"));
        Add("OfFile", Target, "public class Nothing;");
        // With the address of the schema, which Fody adds in the first build otherwise: a change, so that the next build weaves anew.
        _consumers.Write(
            "OfFile/FodyWeavers.xml",
            """
            <Weavers xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="FodyWeavers.xsd">
              <Sitters><Apply To="Nowhere.*" MaxAttempts="3" /></Sitters>
            </Weavers>
            """);
        _consumers.AddSolution(
            "Green", "Told", "Unanalyzed", "Several", "NoWarn", "EditorConfig", "Pragma", "Attribute", "Configured", "InProject", "OfFile");
        _build = (await _consumers.Dotnet("build", "Green.slnx")).Succeeded();
        _again = (await _consumers.Dotnet("build", "Green.slnx", "--no-restore")).Succeeded();

        Add("Strict", Strict);
        Add("Faulty", Target, Loose.Replace("Task<int> Work", "void Work").Replace("return 1;", ""));
        _consumers.AddSolution("Red", "Strict", "Faulty");
        _red = await _consumers.Dotnet("build", "Red.slnx");

        void Add(string name, string properties, string source = Loose) =>
            _consumers.AddProject(name, properties, Consumers.SittersReference, ("Loose.cs", source));
    }

    [Test]
    public void a_warning_is_told_once_by_the_compiler_with_its_page() =>
        Assert.That(_build.Warnings("Told"), Has.One.Items.And.One.Matches(@"Told/Loose\.cs\(6,5\): warning SIT005: .* See .*SIT005\.md \["));

    [Test]
    public void where_analyzers_do_not_run_the_weaver_tells_it() =>
        Assert.That(_build.Warnings("Unanalyzed"), Has.One.Items.And.One.Matches(@"Unanalyzed/Loose\.cs\(6,5,6,6\): warning SIT005: .* See .*SIT005\.md \["));

    [Test]
    public void it_is_told_once_for_each_framework() => Assert.That(
        _build.Lines.Where(line => line.Contains("Several/Loose.cs(6,5") && line.Contains("warning SIT005")).Distinct(),
        Has.Exactly(2).Items.And.One.Contains("TargetFramework=net8.0").And.One.Contains("TargetFramework=net10.0"));

    [Test]
    public void a_build_in_which_nothing_has_changed_says_nothing_of_it() => Assert.That(_again.Warnings(), Is.Empty);

    [Test]
    public void it_can_be_silenced_where_others_are([Values("NoWarn", "EditorConfig", "Pragma", "Attribute")] string project) =>
        Assert.That(_build.Warnings(project), Is.Empty);

    [Test]
    public void what_the_configuration_sets_counts_wherever_it_stands([Values("Configured", "InProject")] string project) =>
        Assert.That(_build.Warnings(project), Is.Empty);

    [Test]
    public void what_the_configuration_itself_lacks_is_told_by_the_weaver() =>
        Assert.That(_build.Warnings("OfFile"), Has.One.Items.And.One.Contains("warning SIT015"));

    [Test]
    public void raised_to_an_error_it_fails_the_compiler_and_is_told_once() =>
        Assert.That(_red.Errors("Strict"), Has.One.Items.And.One.Matches(@"Strict/Loose\.cs\(6,5\): error SIT005: "));

    [Test]
    public void an_error_is_told_once() =>
        Assert.That(_red.Errors("Faulty"), Has.One.Items.And.One.Matches(@"Faulty/Loose\.cs\(6,5\): error SIT002: .* See .*SIT002\.md \["));
}

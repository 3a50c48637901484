namespace Tests.Packages;

/// <summary>
/// One warning of the weaver, without the analyzer beside it, in projects that say different things of it: told as a compiler's own, and
/// ruled where those are.
/// </summary>
[Category("Packages")]
public sealed class WarningTests
{
    private const string Loose = Consumers.Loose;
    private const string Target = "<TargetFramework>net10.0</TargetFramework><RunAnalyzers>false</RunAnalyzers>";
    private const string Strict = Target + "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>";

    private readonly Consumers _consumers = new("warnings");
    private Output _build = new("", 0, "");
    private Output _red = new("", 0, "");
    private Output _redAgain = new("", 0, "");

    [OneTimeSetUp]
    public async Task Build()
    {
        Add("Told", Target);
        Add("NoWarn", $"{Strict}<NoWarn>$(NoWarn);SIT005</NoWarn>");
        Add("NoWarnInLines", $"{Strict}<NoWarn>$(NoWarn);\n  SIT005;\n  SIT010\n</NoWarn>");
        Add("EditorConfig", Strict);
        _consumers.Write("EditorConfig/.editorconfig", "[*.cs]\ndotnet_diagnostic.SIT005.severity = none\n");
        Add("Pragma", Strict, Loose.Replace("public async", "#pragma warning disable SIT005\n    public async"));
        Add("Mapped", $"{Strict}<PathMap>$(MSBuildProjectDirectory)=/_/</PathMap>", Loose.Replace("    [Sit", "#pragma warning disable SIT005\n    [Sit"));
        Add("Attribute", Strict, Loose.Replace("    [Sit", "    [System.Diagnostics.CodeAnalysis.SuppressMessage(\"Sitters\", \"SIT005\")]\n    [Sit"));
        Add("NotAsError", $"{Strict}<WarningsNotAsErrors>SIT005</WarningsNotAsErrors>");
        _consumers.AddSolution("Green", "Told", "NoWarn", "NoWarnInLines", "EditorConfig", "Pragma", "Mapped", "Attribute", "NotAsError");
        _build = (await _consumers.Dotnet("build", "Green.slnx")).Succeeded();

        Add("Strict", Strict);
        Add("AsError", $"{Target}<WarningsAsErrors>SIT005</WarningsAsErrors>");
        Add("ByEditorConfig", Target);
        _consumers.Write("ByEditorConfig/.editorconfig", "[*.cs]\ndotnet_diagnostic.SIT005.severity = error\n");
        _consumers.AddSolution("Red", "Strict", "AsError", "ByEditorConfig");
        _red = await _consumers.Dotnet("build", "Red.slnx");
        _redAgain = await _consumers.Dotnet("build", "Red.slnx", "--no-restore");

        void Add(string name, string properties, string source = Loose) =>
            _consumers.AddProject(name, properties, Consumers.SittersReference, ("Loose.cs", source));
    }

    [Test]
    public void it_is_told_once_with_its_place_its_code_and_its_page() => Assert.That(
        _build.Warnings("Told"),
        Has.One.Items.And.One.Matches(@"Told/Loose\.cs\(6,5,6,6\): warning SIT005: .* See .*SIT005\.md \["));

    [Test]
    public void it_can_be_silenced_where_compilers_warnings_are(
        [Values("NoWarn", "NoWarnInLines", "EditorConfig", "Pragma", "Mapped", "Attribute")] string project) =>
        Assert.That(_build.Warnings(project), Is.Empty);

    [Test]
    public void an_attribute_that_silences_it_is_not_in_the_woven_assembly() =>
        Assert.That(File.ReadAllText(_consumers.AssemblyOf("Attribute")), Does.Not.Contain("SuppressMessage"));

    [Test]
    public void it_can_stay_a_warning_where_others_are_errors() =>
        Assert.That(_build.Warnings("NotAsError"), Has.One.Items.And.One.Contains("warning SIT005"));

    [Test]
    public void raised_to_an_error_it_fails_this_build_and_the_next([Values("Strict", "AsError", "ByEditorConfig")] string project)
    {
        Assert.That(_red.Errors(project), Has.One.Contains("SIT005").And.One.Contains("Loose.cs(6"));
        Assert.That(_redAgain.Errors(project), Is.EqualTo(_red.Errors(project)));
    }

    [Test]
    public void raised_to_an_error_it_keeps_its_place_its_code_and_its_page([Values("Strict", "AsError", "ByEditorConfig")] string project) =>
        Assert.That(
            _red.Errors(project),
            Has.One.Matches(@"Loose\.cs\(6,5,6,6\): error SIT005: .* See .*SIT005\.md \[").And.One.Contains("error SIT0908").And.Exactly(2).Items);

    [Test]
    public async Task lowered_again_it_is_a_warning_of_the_next_build()
    {
        _consumers.Write("ByEditorConfig/.editorconfig", "[*.cs]\ndotnet_diagnostic.SIT005.severity = warning\n");

        var build = await _consumers.Dotnet("build", "ByEditorConfig", "--no-restore");

        Assert.That(build.Succeeded().Warnings("ByEditorConfig"), Has.One.Items.And.One.Contains("warning SIT005"));
    }

    [TestCase("ByCommand", "-warnaserror:SIT005")]
    [TestCase("ByBareCommand", "-warnaserror")]
    public async Task raised_on_the_command_line_it_fails_this_build_and_the_next(string project, string option)
    {
        _consumers.AddProject(project, Target, Consumers.SittersReference, ("Loose.cs", Loose));

        var first = await _consumers.Dotnet("build", project, option);
        var second = await _consumers.Dotnet("build", project, "--no-restore", option);
        var third = await _consumers.Dotnet("build", project, "--no-restore");

        Assert.That(first.Errors(project), Has.One.Contains("error SIT005").And.One.Contains("error SIT0908").And.Exactly(2).Items);
        Assert.That(second.Errors(project), Is.EqualTo(first.Errors(project)));
        Assert.That(third.Succeeded().Warnings(project), Has.One.Contains("warning SIT005"));
    }
}

using System.Text.RegularExpressions;

namespace Tests.Packages;

/// <summary>One project, built again and again: a mistake, the same mistake once more, the mistake mended, weaving switched off, and on.</summary>
[Category("Packages")]
public sealed partial class FailingConsumerBuildTests
{
    private readonly Consumers _consumers = new("failures");
    private Output _faulty = new("", 0, "");
    private Output _faultyAgain = new("", 0, "");
    private Output _mended = new("", 0, "");
    private Output _switchedOff = new("", 0, "");
    private Output _switchedOn = new("", 0, "");
    private IReadOnlyList<string> _traceOfMended = [];
    private IReadOnlyList<string> _traceOfSwitchedOn = [];

    [OneTimeSetUp]
    public async Task Build()
    {
        _consumers.AddProject("App", "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>", Consumers.SittersReference,
            ("Worker.cs", Consumers.Worker), ("Program.cs", Consumers.WorkerProgram), ("Faulty.cs", """
                public class Faulty
                {
                    [Sitters.Sit]
                    public async void Work()
                    {
                        await Task.Yield();
                    }
                }
                """));

        _faulty = await _consumers.Dotnet("build", "App");
        _faultyAgain = await _consumers.Dotnet("build", "App", "--no-restore");

        File.Delete(_consumers.PathOf("App", "Faulty.cs"));
        _mended = await _consumers.Dotnet("build", "App", "--no-restore");
        _traceOfMended = await _consumers.Run(_consumers.AssemblyOf("App"));

        _consumers.Write("App/Added.cs", "public class Added;");
        _switchedOff = await _consumers.Dotnet("build", "App", "--no-restore", "-p:DisableFody=true");
        _switchedOn = await _consumers.Dotnet("build", "App", "--no-restore", "-o", _consumers.PathOf("elsewhere"));
        _traceOfSwitchedOn = await _consumers.Run(_consumers.PathOf("elsewhere", "App.dll"));
    }

    [Test]
    public void a_mistake_fails_the_build_with_its_code_and_the_place_in_the_source()
    {
        Assert.That(_faulty.ExitCode, Is.Not.Zero);
        var error = _faulty.Errors("App").Single(text => text.Contains("Faulty.cs"));
        Assert.That(error, Does.Contain("SIT002"));
        Assert.That(int.Parse(LineOfFaulty().Match(error).Groups["line"].Value), Is.InRange(3, 7), error);
    }

    [Test]
    public void a_mistake_names_the_page_in_the_package_that_explains_it()
    {
        var pages = _faulty.Errors("App").Concat(_switchedOff.Errors("App")).Select(error => Page().Match(error)).Where(page => page.Success).ToArray();

        Assert.That(pages.Select(page => page.Groups["code"].Value), Is.EquivalentTo(["SIT002", "SIT0902"]));
        foreach (var page in pages)
        {
            Assert.That(File.ReadAllText(page.Groups["file"].Value), Does.StartWith($"# {page.Groups["code"].Value}: "));
        }
    }

    [Test]
    public void a_mistake_fails_the_next_build_in_the_same_way()
    {
        Assert.That(_faultyAgain.ExitCode, Is.Not.Zero);
        Assert.That(_faultyAgain.Errors("App"), Is.EqualTo(_faulty.Errors("App")));
    }

    [Test]
    public void a_mended_mistake_builds_and_works()
    {
        Assert.That(_mended.ExitCode, Is.Zero, _mended.ToString());
        Assert.That(_traceOfMended, Is.EqualTo(Consumers.WorkerTrace));
    }

    [Test]
    public void weaving_switched_off_is_an_error_that_says_what_to_do()
    {
        Assert.That(_switchedOff.ExitCode, Is.Not.Zero);
        Assert.That(_switchedOff.Errors("App"), Has.One.Items.And.One.Contains("error SIT0902").And.One.Contains("Remove DisableFody"));
    }

    [Test]
    public void weaving_switched_on_again_weaves_what_changed_meanwhile_into_whatever_output_folder()
    {
        Assert.That(_switchedOn.ExitCode, Is.Zero, _switchedOn.ToString());
        Assert.That(_traceOfSwitchedOn, Is.EqualTo(Consumers.WorkerTrace));
    }

    [Test]
    public async Task a_project_that_only_others_have_woven_is_an_error_this_time_and_the_next()
    {
        _consumers.AddProject("Other.Fody", "<TargetFramework>netstandard2.0</TargetFramework><ImplicitUsings>disable</ImplicitUsings><Nullable>disable</Nullable>",
            """<PackageReference Include="FodyHelpers" Version="6.9.3" />""",
            ("ModuleWeaver.cs", """
                using System.Collections.Generic;
                public class ModuleWeaver : Fody.BaseModuleWeaver
                {
                    public override void Execute() { }
                    public override IEnumerable<string> GetAssembliesForScanning() { yield break; }
                }
                """));
        _consumers.AddProject("Shared", "<TargetFramework>net10.0</TargetFramework>",
            $"""
            {Consumers.SittersReference}
            <ProjectReference Include="../Other.Fody/Other.Fody.csproj" ReferenceOutputAssembly="false" />
            <WeaverFiles Include="../Other.Fody/bin/Debug/netstandard2.0/Other.Fody.dll" />
            """,
            ("Worker.cs", Consumers.Worker), ("FodyWeavers.xml", "<Weavers><Other /></Weavers>"));

        var first = await _consumers.Dotnet("build", "Shared");
        var second = await _consumers.Dotnet("build", "Shared", "--no-restore");
        _consumers.Write("Shared/FodyWeavers.xml", "<Weavers><Other /><Sitters /></Weavers>");
        var mended = await _consumers.Dotnet("build", "Shared", "--no-restore");

        Assert.That(first.Errors("Shared"), Has.One.Items.And.One.Contains("error SIT0907").And.One.Contains("Add <Sitters />"));
        Assert.That(second.Errors("Shared"), Is.EqualTo(first.Errors("Shared")));
        mended.Succeeded();
    }

    [Test]
    public async Task a_framework_that_sitters_does_not_run_on_is_an_error_that_says_what_to_do()
    {
        _consumers.AddProject("Old", "<TargetFramework>netstandard2.0</TargetFramework><LangVersion>latest</LangVersion>", Consumers.SittersReference, ("Empty.cs", "public class Empty { }"));

        var build = await _consumers.Dotnet("build", "Old");

        Assert.That(build.Errors("Old"), Has.One.Items.And.One.Contains("error SIT0904").And.One.Contains("Target net8.0 or a later framework"));
    }

    [GeneratedRegex(@"Faulty\.cs\((?<line>\d+),")]
    private static partial Regex LineOfFaulty();

    [GeneratedRegex(@"(?<code>SIT\d+): .* See (?<file>\S+\.md)")]
    private static partial Regex Page();
}

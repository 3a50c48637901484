using CliWrap;
using CliWrap.Buffered;

namespace Tests.Packages;

/// <summary>Projects with settings that few have, all of one solution.</summary>
[Category("Packages")]
public sealed class OddConsumerTests
{
    private const string Executable = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors>";

    private static readonly string[] _projects = ["CSharp8", "Analyzed", "Central", "späte Wörter (1)", "Artifacts", "Signed in public", "Without symbols"];
    private static readonly (string, string)[] _sources = [("Worker.cs", Consumers.Worker), ("Program.cs", Consumers.WorkerProgram)];

    private readonly Consumers _consumers = new("odd");
    private Output _build = new("", 0, "");

    [OneTimeSetUp]
    public async Task Build()
    {
        _consumers.AddProject("CSharp8", $"{Executable}<LangVersion>8</LangVersion><Nullable>disable</Nullable><ImplicitUsings>disable</ImplicitUsings>", Consumers.SittersReference,
            ("Program.cs", """
                using System;
                using System.Threading.Tasks;
                using Sitters;
                public class Worker
                {
                    [Sit(StartupHooks = new[] { nameof(OnStartup) }, CompletionHooks = new[] { nameof(OnCompletion) }, TimeoutSeconds = 60)]
                    public async Task<string> Work(string name)
                    {
                        Console.WriteLine("working");
                        await Task.Yield();
                        return "hello " + name;
                    }

                    private void OnStartup() { Console.WriteLine("startup"); }

                    private void OnCompletion(SitContext context) { Console.WriteLine("completion"); }

                    private static async Task Main() { Console.WriteLine(await new Worker().Work("you")); }
                }
                """));
        // What the analyzers have against the sources of these tests is turned off; nothing is left over for what Sitters adds.
        _consumers.AddProject("Analyzed", $"""
            {Executable}<AnalysisMode>All</AnalysisMode><EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild><GenerateDocumentationFile>true</GenerateDocumentationFile>
            <RestorePackagesWithLockFile>true</RestorePackagesWithLockFile><NoWarn>$(NoWarn);CS1591;CA1303;CA1515;CA1822;CA2007</NoWarn>
            """, Consumers.SittersReference, _sources);
        _consumers.AddProject("Central", Executable, """<PackageReference Include="Sitters.Fody" />""", [.. _sources, ("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>
              </PropertyGroup>
              <ItemGroup><PackageVersion Include="Sitters.Fody" Version="{PackageFeed.Version}" /></ItemGroup>
            </Project>
            """)]);
        _consumers.AddProject("späte Wörter (1)", Executable, Consumers.SittersReference, [.. _sources, ("FodyWeavers.xml", "<Weavers><Sitters /></Weavers>")]);
        _consumers.AddProject("Artifacts", Executable, Consumers.SittersReference,
            [.. _sources, ("Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>")]);
        Consumers.WriteKey(_consumers.PathOf("key.snk"));
        _consumers.AddProject("Signed in public", $"{Executable}<SignAssembly>true</SignAssembly><PublicSign>true</PublicSign><AssemblyOriginatorKeyFile>../key.snk</AssemblyOriginatorKeyFile>",
            Consumers.SittersReference, _sources);
        _consumers.AddProject("Without symbols", $"{Executable}<DebugType>none</DebugType>", Consumers.SittersReference, _sources);
        _consumers.AddProject("Without a sat method", Executable, Consumers.SittersReference, ("Program.cs", "await Task.Yield();"));
        _consumers.AddProject("Old and new", "<TargetFrameworks>netstandard2.0;net8.0</TargetFrameworks><ImplicitUsings>disable</ImplicitUsings><LangVersion>latest</LangVersion>",
            Consumers.SittersReference.Replace(" />", " Condition=\"$([MSBuild]::IsTargetFrameworkCompatible('$(TargetFramework)', 'net8.0'))\" />"),
            ("Worker.cs", """
                public class Worker
                {
                #if NET
                    [Sitters.Sit]
                #endif
                    public async System.Threading.Tasks.Task Work() => await System.Threading.Tasks.Task.Yield();
                }
                """));
        _consumers.AddProject("Selfish", "<TargetFramework>net10.0</TargetFramework>", Consumers.SittersReference.Replace(" />", " PrivateAssets=\"all\" />"), ("Worker.cs", Consumers.Worker));
        _consumers.AddSolution("Odd", [.. _projects, "Without a sat method", "Old and new", "Selfish"]);

        _build = (await _consumers.Dotnet("build", "Odd.slnx")).Succeeded();
    }

    [TestCaseSource(nameof(_projects))]
    public async Task it_builds_and_runs_like_any_other(string project)
    {
        var folder = project == "Artifacts" ? _consumers.PathOf(project, "artifacts", "bin", project, "debug") : Path.GetDirectoryName(_consumers.AssemblyOf(project))!;

        Assert.That(await _consumers.Run(Path.Combine(folder, $"{project}.dll")), Is.EqualTo(Consumers.WorkerTrace));
    }

    [Test]
    public void nothing_is_warned_of_but_a_library_that_keeps_the_runtime_to_itself() =>
        Assert.That(_build.Warnings(), Has.One.Items.And.One.Contains("warning SIT0906: Selfish is a library").And.One.Contains("Remove PrivateAssets"));

    [Test]
    public async Task a_program_in_a_single_file_works()
    {
        _consumers.AddProject("Single", $"{Executable}<UseAppHost>true</UseAppHost>", Consumers.SittersReference, _sources);
        var folder = _consumers.PathOf("Single", "published");

        (await _consumers.Dotnet("publish", "Single", "--use-current-runtime", "--no-self-contained", "-p:PublishSingleFile=true", "-o", folder)).Succeeded();
        var program = Directory.EnumerateFiles(folder).Single(file => Path.GetExtension(file) is not ".pdb");
        var result = await Cli.Wrap(program).ExecuteBufferedAsync();

        Assert.That(result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Is.EqualTo(Consumers.WorkerTrace));
    }

    [Test]
    public async Task a_program_without_a_project_file_is_an_error_that_says_what_to_do()
    {
        _consumers.Write("app.cs", $"""
            #:package Sitters.Fody@{PackageFeed.Version}
            Console.WriteLine("not woven");
            """);

        var build = await _consumers.Dotnet("build", "app.cs");

        Assert.That(build.Errors(), Has.One.Items.And.One.Contains("error SIT0905").And.One.Contains("dotnet project convert"));
    }
}

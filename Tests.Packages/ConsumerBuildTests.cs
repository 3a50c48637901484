using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Tests.Packages;

/// <summary>Projects that build. One solution holds them all, since a build of many is hardly longer than a build of one.</summary>
[Category("Packages")]
public sealed class ConsumerBuildTests
{
    private const string Executable = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors>";
    private const string Library = "<TargetFramework>net10.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors>";

    private readonly Consumers _consumers = new("builds");
    private readonly Dictionary<string, DateTime> _builtAt = [];
    private Output _build = new("", 0, "");

    [OneTimeSetUp]
    public async Task Build()
    {
        var worker = ("Worker.cs", Consumers.Worker);
        var program = ("Program.cs", Consumers.WorkerProgram);

        _consumers.AddProject("Plain", Executable, Consumers.SittersReference, worker, program);
        _consumers.AddProject("Configured", Executable, Consumers.SittersReference,
            ("FodyWeavers.xml", """
                <Weavers xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="FodyWeavers.xsd">
                  <Sitters>
                    <Policy Name="stubborn" MaxAttempts="3" />
                  </Sitters>
                </Weavers>
                """),
            ("Program.cs", """
                using Sitters;
                Console.WriteLine(await Client.Fetch());
                public static class Client
                {
                    private static int _tries;

                    [Sit(Policy = "stubborn")]
                    public static async Task<string?> Fetch()
                    {
                        await Task.Yield();
                        return ++_tries == 3 ? "third time lucky" : throw new InvalidOperationException();
                    }
                }
                """));
        _consumers.AddProject("Library", $"{Library}<Version>{PackageFeed.Version}</Version>", Consumers.SittersReference, worker);
        _consumers.AddProject("Host", Executable, """<ProjectReference Include="../Library/Library.csproj" />""", program,
            ("SitAttributeTests.cs", "public class SitAttributeTests { public const string Name = \"SitAttribute\"; }"));
        _consumers.AddProject("Forgetful", "<TargetFramework>net10.0</TargetFramework>", """<ProjectReference Include="../Library/Library.csproj" />""",
            ("Worker.cs", Consumers.Worker.Replace("Consumer", "Forgotten")));
        _consumers.AddProject("Signed", $"{Executable}<SignAssembly>true</SignAssembly><AssemblyOriginatorKeyFile>key.snk</AssemblyOriginatorKeyFile>",
            Consumers.SittersReference, worker, program);
        Consumers.WriteKey(_consumers.PathOf("Signed", "key.snk"));
        _consumers.AddProject("Multi", Executable.Replace("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net8.0;net10.0</TargetFrameworks>"),
            Consumers.SittersReference, worker, program);
        _consumers.AddSolution("Consumers", "Plain", "Configured", "Library", "Host", "Forgetful", "Signed", "Multi");

        _build = (await _consumers.Dotnet("build", "Consumers.slnx")).Succeeded();
        foreach (var assembly in new[] { "Plain", "Configured", "Signed", "Library" }.Select(project => _consumers.AssemblyOf(project)))
        {
            _builtAt[assembly] = File.GetLastWriteTimeUtc(assembly);
        }
    }

    [Test]
    public async Task a_reference_to_the_one_package_is_all_that_a_program_needs() =>
        Assert.That(await _consumers.Run(_consumers.AssemblyOf("Plain")), Is.EqualTo(Consumers.WorkerTrace));

    [Test]
    public void a_build_without_configuration_warns_of_nothing() => Assert.That(_build.Warnings("Plain"), Is.Empty);

    [Test]
    public void a_build_without_configuration_writes_no_file_into_the_project() =>
        Assert.That(Directory.EnumerateFiles(_consumers.PathOf("Plain")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "Plain.csproj", "Program.cs", "Worker.cs" }));

    [Test]
    public async Task a_policy_of_the_projects_fody_weavers_xml_holds() =>
        Assert.That(await _consumers.Run(_consumers.AssemblyOf("Configured")), Is.EqualTo(new[] { "third time lucky" }));

    [Test]
    public void an_editor_gets_a_schema_of_fody_weavers_xml_with_documentation()
    {
        XNamespace xs = "http://www.w3.org/2001/XMLSchema";
        var sitters = XElement.Load(_consumers.PathOf("Configured", "FodyWeavers.xsd")).Descendants(xs + "element").Single(element => element.Attribute("name")?.Value == "Sitters");

        Assert.That(sitters.Descendants(xs + "element").Select(element => element.Attribute("name")?.Value), Is.SupersetOf(new[] { "Policy", "Apply" }));
        Assert.That(sitters.Descendants(xs + "attribute").Select(attribute => attribute.Attribute("name")?.Value), Does.Contain("TimeoutSeconds"));
        Assert.That(sitters.Descendants(xs + "documentation").Select(documentation => documentation.Value), Is.Not.Empty.And.None.Empty);
    }

    [Test]
    public async Task a_program_runs_a_woven_library_without_a_weaver_of_its_own() =>
        Assert.That(await _consumers.Run(_consumers.AssemblyOf("Host")), Is.EqualTo(Consumers.WorkerTrace));

    [Test]
    public void a_program_that_only_uses_a_woven_library_gets_no_warning() => Assert.That(_build.Warnings("Host"), Is.Empty);

    [Test]
    public void a_project_that_sits_methods_but_is_not_woven_gets_a_warning_that_says_what_to_do() =>
        Assert.That(_build.Warnings("Forgetful"), Has.One.Items.And.One.Contains("warning SIT0903").And.One.Contains("Add a PackageReference to Sitters.Fody"));

    [Test]
    public async Task the_woven_library_works_as_a_package_too()
    {
        var user = new Consumers("package-user");
        user.AddProject("User", Executable, $"""<PackageReference Include="Library" Version="{PackageFeed.Version}" />""", ("Program.cs", Consumers.WorkerProgram));

        (await _consumers.Dotnet("pack", "Library", "--configuration", "Debug", "--no-build", "-o", PackageFeed.Feed + "-of-others")).Succeeded();
        var build = (await user.Dotnet("build", "User", $"-p:RestoreAdditionalProjectSources={PackageFeed.Feed}-of-others")).Succeeded();

        Assert.That(build.Warnings(), Is.Empty);
        Assert.That(await user.Run(user.AssemblyOf("User")), Is.EqualTo(Consumers.WorkerTrace));
    }

    [Test]
    public async Task a_strong_named_program_stays_strong_named_and_works()
    {
        using var file = new PEReader(File.OpenRead(_consumers.AssemblyOf("Signed")));

        Assert.That(file.PEHeaders.CorHeader!.Flags.HasFlag(CorFlags.StrongNameSigned));
        Assert.That(file.GetMetadataReader().GetAssemblyDefinition().GetAssemblyName().GetPublicKeyToken(), Has.Length.EqualTo(8));
        Assert.That(await _consumers.Run(_consumers.AssemblyOf("Signed")), Is.EqualTo(Consumers.WorkerTrace));
    }

    [Test]
    public async Task each_framework_of_a_multi_targeting_program_is_woven([Values("net8.0", "net10.0")] string framework) =>
        Assert.That(await _consumers.Run(_consumers.AssemblyOf("Multi", framework)), Is.EqualTo(Consumers.WorkerTrace));

    [Test]
    public async Task a_build_without_a_change_weaves_nothing_again_however_often_it_is_repeated()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await _consumers.Dotnet("build", "Consumers.slnx", "--no-restore")).Succeeded();
        }

        Assert.That(_builtAt.Keys.Select(File.GetLastWriteTimeUtc), Is.EqualTo(_builtAt.Values));
    }
}

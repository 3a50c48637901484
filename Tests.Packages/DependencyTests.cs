using System.IO.Compression;
using System.Xml.Linq;

namespace Tests.Packages;

/// <summary>What comes along with Sitters into a project, and with a woven library into its users' projects.</summary>
[Category("Packages")]
public sealed class DependencyTests
{
    private const string Library = "<TargetFramework>net10.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors><Version>1.2.3-test</Version>";
    private const string Program = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>";

    private readonly Consumers _consumers = new("dependencies");

    [Test]
    public async Task a_project_on_the_first_extensions_and_polly_of_its_framework_restores_and_works()
    {
        _consumers.AddProject("Eight", "<OutputType>Exe</OutputType><TargetFramework>net8.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors><NuGetAudit>false</NuGetAudit>",
            $"""
            {Consumers.SittersReference}
            <PackageReference Include="Microsoft.Extensions.Caching.Memory" Version="8.0.1" />
            <PackageReference Include="Microsoft.Extensions.Caching.Abstractions" Version="8.0.0" />
            <PackageReference Include="Microsoft.Extensions.Primitives" Version="8.0.0" />
            <PackageReference Include="Polly.Core" Version="8.4.2" />
            """,
            ("Worker.cs", Consumers.Worker), ("Program.cs", Consumers.WorkerProgram));

        (await _consumers.Dotnet("build", "Eight")).Succeeded();

        Assert.That(await _consumers.Run(_consumers.AssemblyOf("Eight", "net8.0")), Is.EqualTo(Consumers.WorkerTrace));
    }

    [TestCase("Plain", Library, "")]
    [TestCase("Private", Library + "<NoWarn>$(NoWarn);SIT0906</NoWarn>", " PrivateAssets=\"all\"")]
    [TestCase("Multi", "<TargetFrameworks>net8.0;net10.0</TargetFrameworks><Version>1.2.3-test</Version>", "")]
    public async Task a_package_of_a_woven_library_depends_on_the_runtime_alone_and_runs(string name, string properties, string assets)
    {
        var library = $"{name}.Library";
        _consumers.AddProject(library, properties, Consumers.SittersReference.Replace(" />", $"{assets} />"), ("Worker.cs", Consumers.Worker));
        (await _consumers.Dotnet("pack", library, "-o", PackageFeed.Feed)).Succeeded();
        try
        {
            Assert.That(Dependencies(library), Is.Not.Empty.And.All.EqualTo($"Sitters.Runtime {PackageFeed.Version}"));

            // The application speaks the last word on signals and on the tool, though it knows Sitters only through the library.
            _consumers.AddProject(name, $"{Program}<SittersSignals>false</SittersSignals><SittersTool>false</SittersTool>", $"""<PackageReference Include="{library}" Version="1.2.3-test" />""", ("Program.cs", Consumers.WorkerProgram),
                ("Own.cs", "public class Own { [Sitters.Sit] public Task Work() => Task.CompletedTask; }"));
            var build = (await _consumers.Dotnet("build", name)).Succeeded();

            Assert.That(await _consumers.Run(_consumers.AssemblyOf(name)), Is.EqualTo(Consumers.WorkerTrace));
            Assert.That(build.Warnings(name), Has.One.Items.And.One.Contains("SIT0903"));
            Assert.That(
                File.ReadAllText(Path.ChangeExtension(_consumers.AssemblyOf(name), ".runtimeconfig.json")),
                Does.Contain("\"Sitters.Signals\": false").And.Contain("\"Sitters.Tool\": false"));
        }
        finally
        {
            File.Delete(Path.Combine(PackageFeed.Feed, $"{library}.1.2.3-test.nupkg"));
        }
    }

    private static List<string> Dependencies(string library)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(PackageFeed.Feed, $"{library}.1.2.3-test.nupkg"));
        using var nuspec = archive.Entries.Single(entry => entry.FullName == $"{library}.nuspec").Open();
        return [.. XElement.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value}")];
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Benchmarks.Weaving;

/// <summary>A temporary folder of projects, built as a user builds.</summary>
internal sealed partial class Workshop : IDisposable
{
    private const int Repeats = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("sitters-weaving-").FullName;

    public Workshop()
    {
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", $"""<Project><Import Project="{Repository.Path}Directory.Packages.props" /></Project>""");
    }

    private string IdleWeaver => Path.Combine(_folder, "Idle.Fody", "bin", "Release", "netstandard2.0", "Idle.Fody.dll");

    public async Task BuildIdleWeaver()
    {
        Write("Idle.Fody/Idle.Fody.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="FodyHelpers" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);
        Write("Idle.Fody/ModuleWeaver.cs", """
            public class ModuleWeaver : Fody.BaseModuleWeaver
            {
                public override void Execute() { }
                public override System.Collections.Generic.IEnumerable<string> GetAssembliesForScanning() { yield break; }
            }
            """);
        await Dotnet("Idle.Fody", "build", "-c", "Release");
    }

    /// <summary>The quickest of a few builds of the same generated code.</summary>
    public async Task<BuildCost> Build(int methods, string weaver)
    {
        var project = $"{weaver}{methods}";
        Write($"{project}/{project}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RunAnalyzers>false</RunAnalyzers>
                <SolutionDir>{_folder}/</SolutionDir>
              </PropertyGroup>
              <Import Project="{Repository.Path}build/InSolutionWeaver.props" />
              <ItemGroup><WeaverFiles Include="{IdleWeaver}" /></ItemGroup>
            </Project>
            """);
        Write($"{project}/FodyWeavers.xml", $"<Weavers><{weaver} /></Weavers>");
        await Dotnet(project, "restore");

        var builds = new List<BuildCost>();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            // A new time stamp has it compiled and woven again, and nothing else built.
            Write($"{project}/Code.cs", GeneratedCode.Of(methods));
            builds.Add(await Dotnet(project, "build", "-c", "Release", "--no-restore", "-m:1", "-nodeReuse:false", "-v:normal"));
        }

        return new BuildCost(builds.Min(build => build.Fody), builds.Min(build => build.PeakMemory));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<BuildCost> Dotnet(string project, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Path.Combine(_folder, project),
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(20))
        {
            peak = Math.Max(peak, PeakOf(process));
        }

        var text = await output;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed in {project}:{Environment.NewLine}{text}");
        }

        var finished = Finished().Match(text);
        return new BuildCost(
            finished.Success
                ? TimeSpan.FromMilliseconds(double.Parse(finished.Groups["time"].ValueSpan, CultureInfo.InvariantCulture))
                : default,
            peak);
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has ended just now.
            return 0;
        }
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [GeneratedRegex(@"Finished Fody (?<time>\d+)ms")]
    private static partial Regex Finished();
}

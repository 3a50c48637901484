using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
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

    /// <summary>The portable one, as programs are published for.</summary>
    private static string RuntimeIdentifier =>
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

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
        WriteProject(project, weaver, "");
        await Dotnet(project, "restore");

        var builds = new List<BuildCost>();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            // A new time stamp has it compiled and woven again, and nothing else built.
            Write($"{project}/Code.cs", GeneratedCode.Of(methods));
            builds.Add(await Dotnet(project, "build", "-c", "Release", "--no-restore", "-m:1", "-nodeReuse:false", "-v:normal"));
        }

        var size = new FileInfo(Path.Combine(_folder, project, "bin", "Release", "net10.0", project + ".dll")).Length;
        return new BuildCost(builds.Min(build => build.Fody), builds.Min(build => build.PeakMemory), size);
    }

    /// <summary>A native program of generated code.</summary>
    /// <returns>Its bytes.</returns>
    /// <exception cref="MissingLinkerException">Nothing is there that links native code.</exception>
    public async Task<long> PublishNative(int methods, CodeKinds kinds, string weaver)
    {
        var project = $"{weaver}{kinds}{methods}";
        WriteProject(project, weaver, $"""
            <OutputType>Exe</OutputType>
            <PublishAot>true</PublishAot>
            <InvariantGlobalization>true</InvariantGlobalization>
            <RuntimeIdentifier>{RuntimeIdentifier}</RuntimeIdentifier>
            <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            """);
        Write($"{project}/Code.cs", GeneratedCode.Of(methods, kinds));
        Write($"{project}/Program.cs", GeneratedCode.Program(methods, kinds));
        try
        {
            await Dotnet(project, "publish", "-c", "Release", "-nodeReuse:false");
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("Platform linker", StringComparison.Ordinal))
        {
            throw new MissingLinkerException();
        }

        var name = OperatingSystem.IsWindows() ? project + ".exe" : project;
        return new FileInfo(Path.Combine(_folder, project, "bin", "Release", "net10.0", RuntimeIdentifier, "publish", name)).Length;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteProject(string project, string weaver, string properties)
    {
        Write($"{project}/{project}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RunAnalyzers>false</RunAnalyzers>
                <SolutionDir>{_folder}/</SolutionDir>
                {properties}
              </PropertyGroup>
              <Import Project="{Repository.Path}build/InSolutionWeaver.props" />
              <ItemGroup>
                <WeaverFiles Include="{IdleWeaver}" />
                <TrimmerRootAssembly Include="{project}" />
              </ItemGroup>
            </Project>
            """);
        Write($"{project}/FodyWeavers.xml", $"<Weavers><{weaver} /></Weavers>");
    }

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
            peak,
            Size: 0);
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

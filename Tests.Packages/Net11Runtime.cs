using System.Reflection;
using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;

namespace Tests.Packages;

/// <summary>
/// The runtime of .NET 11, which the SDK of .NET 10 does not have: laid out, once in a test run, from the packages that a self-contained program is
/// published from.
/// </summary>
[SetUpFixture]
internal sealed class Net11Runtime
{
    public const string Version = "11.0.0";

    private static readonly Lazy<Task<string>> _layout = new(LayOut);

    private static string RuntimeIdentifier => typeof(Net11Runtime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "RuntimeIdentifier").Value!;

    private static string Folder { get; } = Path.Combine(Path.GetTempPath(), $"sitters-net11-{Guid.NewGuid():N}");

    [OneTimeTearDown]
    public void Delete()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Its dotnet command. Where the packages can't be had, the test is skipped, and says so.</summary>
    public static Task<string> Host() => _layout.Value;

    /// <summary>Runs something on it, also what was built for an earlier version. Runtime async needs no variable here.</summary>
    public static async Task<BufferedCommandResult> Run(params string[] arguments) => await Cli.Wrap(await Host())
        .WithArguments(arguments)
        .WithEnvironmentVariables(OnlyThis)
        .WithValidation(CommandResultValidation.None)
        .ExecuteBufferedAsync();

    public static Dictionary<string, string?> OnlyThis { get; } = new()
    {
        ["DOTNET_ROLL_FORWARD"] = "LatestMajor",
        ["DOTNET_RuntimeAsync"] = null,
        ["DOTNET_ROOT"] = null,
        ["VSTestLogger"] = null,
        ["VSTestResultsDirectory"] = null,
    };

    private static async Task<string> LayOut()
    {
        var packages = Path.Combine(Folder, "packages");
        var project = Path.Combine(Folder, "download");
        Directory.CreateDirectory(project);
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            await File.WriteAllTextAsync(Path.Combine(project, file), "<Project />");
        }

        string[] frameworks = ["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"];
        await File.WriteAllTextAsync(Path.Combine(project, "download.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                {string.Concat(frameworks.Select(name => $"""<PackageDownload Include="{name}.Runtime.{RuntimeIdentifier}" Version="[{Version}]" />"""))}
              </ItemGroup>
            </Project>
            """);
        var restore = await Dotnet.In(project, ["restore"], packages);
        if (restore.Errors().Any(error => error.Contains("NU1101") || error.Contains("NU1102") || error.Contains("NU1103") || error.Contains("NU1301")))
        {
            Assert.Ignore($"The packages of the .NET {Version} runtime can't be had from the package sources of this machine, so nothing is run on it.");
        }

        restore.Succeeded();
        var root = Path.Combine(Folder, "dotnet");
        foreach (var framework in frameworks)
        {
            // A package's folder is lower case.
            var pack = Path.Combine(packages, $"{framework}.Runtime.{RuntimeIdentifier}".ToLowerInvariant(), Version, "runtimes", RuntimeIdentifier);
            var shared = Directory.CreateDirectory(Path.Combine(root, "shared", framework, Version)).FullName;
            foreach (var file in new[] { Path.Combine(pack, "lib", "net11.0"), Path.Combine(pack, "native") }
                .Where(Directory.Exists)
                .SelectMany(Directory.EnumerateFiles))
            {
                File.Copy(file, Path.Combine(shared, Path.GetFileName(file)));
            }
        }

        var resolver = Directory.EnumerateFiles(Path.Combine(root, "shared", frameworks[0], Version), "*hostfxr.*").Single();
        var resolvers = Directory.CreateDirectory(Path.Combine(root, "host", "fxr", Version)).FullName;
        File.Move(resolver, Path.Combine(resolvers, Path.GetFileName(resolver)));

        // The command itself is in no package, and starts any version: the one that this test runs under.
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var host = Path.Combine(root, name);
        File.Copy(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name)), host);
        return host;
    }
}

using System.Security.Cryptography;
using CliWrap;

namespace Tests.Packages;

/// <summary>A folder outside the repository with a user's projects in it. They restore as on a new machine: from the sources that are configured on
/// this one and the test run's feed, into a package folder that is empty when the run starts and common to all its consumers.</summary>
internal sealed class Consumers
{
    /// <summary>A sat class; with <see cref="WorkerTrace"/> it is what most of the consumers run.</summary>
    public const string Worker = """
        using Sitters;
        namespace Consumer;
        public class Worker
        {
            [Sit(StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)])]
            public async Task<string?> Work(string name)
            {
                Console.WriteLine("working");
                await Task.Yield();
                return "hello " + name;
            }

            private void OnStartup() => Console.WriteLine("startup");

            private static async Task OnCompletion(SitContext context)
            {
                await Task.Yield();
                Console.WriteLine("completion");
            }
        }
        """;

    public const string WorkerProgram = """
        Console.WriteLine(await new Consumer.Worker().Work("you"));
        """;

    /// <summary>A sat method that is warned of: SIT005, at line 6.</summary>
    public const string Loose = """
        using Sitters;
        public class Loose
        {
            [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault)]
            public async Task<int> Work()
            {
                await Task.Yield();
                return 1;
            }
        }
        """;

    public static readonly string[] WorkerTrace = ["startup", "working", "completion", "hello you"];

    private readonly string _packagesFolder = Path.Combine(PackageFeed.Root, "packages");
    private readonly string _folder;

    public Consumers(string name)
    {
        _folder = Path.Combine(PackageFeed.Root, name);
        Directory.CreateDirectory(_folder);
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            Write(file, "<Project />");
        }

        Write("nuget.config", $"""
            <configuration>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
              <packageSources><add key="feed" value="{PackageFeed.Feed}" /></packageSources>
              <packageSourceMapping><clear /></packageSourceMapping>
            </configuration>
            """);
    }

    /// <summary>How a project refers to the only package that a user names.</summary>
    public static string SittersReference => $"""<PackageReference Include="Sitters.Fody" Version="{PackageFeed.Version}" />""";

    /// <summary>The same, and what a program needs that makes an IMemoryCache of its own.</summary>
    public static string SittersAndMemoryCache => $"""{SittersReference}<PackageReference Include="Microsoft.Extensions.Caching.Memory" Version="10.0.13" />""";

    public string PathOf(params string[] names) => Path.Combine([_folder, .. names]);

    public string AssemblyOf(string project, string framework = "net10.0") => PathOf(project, "bin", "Debug", framework, $"{project}.dll");

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    public void AddProject(string name, string properties, string items, params (string Name, string Text)[] files) =>
        AddProject($"{name}.csproj", name, properties, items, files);

    public void AddProject(string file, string name, string properties, string items, params (string Name, string Text)[] files)
    {
        Write($"{name}/{file}", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <UseAppHost>false</UseAppHost>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
        foreach (var (source, text) in files)
        {
            Write($"{name}/{source}", text);
        }
    }

    public void AddSolution(string name, params string[] projects) => Write($"{name}.slnx", $"""
        <Solution>
          {string.Join("\n  ", projects.Select(project => $"""<Project Path="{project}/{project}.csproj" />"""))}
        </Solution>
        """);

    public Task<Output> Dotnet(params string[] arguments) => Packages.Dotnet.In(_folder, arguments, _packagesFolder);

    /// <summary>The same, not yet started.</summary>
    public Command Command(params string[] arguments) => Packages.Dotnet.Command(_folder, arguments, _packagesFolder);

    /// <summary>Runs what has been built; on the runtime that is here, where the one it was built for is not.</summary>
    public async Task<IReadOnlyList<string>> Run(string assembly) => (await Dotnet("--roll-forward", "Major", assembly)).Succeeded().Lines;

    /// <summary>A key to sign assemblies with.</summary>
    public static void WriteKey(string path)
    {
        using var rsa = new RSACryptoServiceProvider(2048);
        File.WriteAllBytes(path, rsa.ExportCspBlob(includePrivateParameters: true));
    }
}

using System.Text.Json;

namespace Tests.Packages;

/// <summary>The sources of the packages once more: at another place, with other times of files, and a package folder that was empty.</summary>
internal sealed class SecondBuild
{
    private static readonly string[] _projects =
    [
        "Sitters/Sitters.csproj", "Sitters.Runtime/Sitters.Runtime.csproj", "Sitters.Fody/Sitters.Fody.csproj", "Sitters.Fody/Package/Sitters.Fody.Package.csproj",
        "Sitters.Analyzers/Sitters.Analyzers.csproj", "Sitters.CodeFixes/Sitters.CodeFixes.csproj", "Sitters.AspNetCore/Sitters.AspNetCore.csproj",
        "Sitters.Hosting/Sitters.Hosting.csproj", "Sitters.Testing/Sitters.Testing.csproj", "Sitters.Tool/Sitters.Tool.csproj",
    ];

    public string Folder { get; } = Path.Combine(PackageFeed.Root, "sources of", "another clone");

    public string Feed => Path.Combine(Folder, "artifacts");

    private string PackagesFolder => Path.Combine(Folder, "packages");

    public async Task<Output> Pack()
    {
        PackageFeed.CopySources(Repository.PathOf(), Folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "docs"), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 2, 2, 2, 2, 2, DateTimeKind.Utc));
        }

        // What the packages are made of, without the tests of the solution.
        const string Filter = "Packages.slnf";
        await File.WriteAllTextAsync(Path.Combine(Folder, Filter), JsonSerializer.Serialize(new { solution = new { path = "Sitters.sln", projects = _projects } }));
        return await Dotnet("pack", Filter, "-o", Feed, "-p:RunAnalyzers=false");
    }

    public Task<Output> Dotnet(params string[] arguments) => Packages.Dotnet.In(Folder, [.. arguments, .. PackageFeed.Properties], PackagesFolder);
}

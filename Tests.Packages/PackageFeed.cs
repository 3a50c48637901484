using System.IO.Compression;
using System.Xml.Linq;

namespace Tests.Packages;

/// <summary>Packs all packages once, by one command, into a feed of this test run alone.</summary>
[SetUpFixture]
public sealed class PackageFeed
{
    private static readonly string[] _leftOut = ["bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>A version that no cache has seen.</summary>
    public static string Version { get; } = $"0.0.0-test.{DateTime.UtcNow.Ticks}";

    public static string Root { get; } = Path.Combine(Path.GetTempPath(), $"sitters-{Guid.NewGuid():N}");

    public static string Feed { get; } = Path.Combine(Root, "feed");

    public static string[] Packages { get; } = ["Sitters", "Sitters.Runtime", "Sitters.Fody", "Sitters.AspNetCore", "Sitters.Hosting", "Sitters.Testing", "Sitters.Tool"];

    /// <summary>As a build server packs: no path of the machine is left in an assembly.</summary>
    internal static string[] Properties { get; } = [$"-p:Version={Version}", "-p:ContinuousIntegrationBuild=true"];

    internal static Output Packing { get; private set; } = new("", 0, "");

    private static string Sources => Path.Combine(Root, "sources");

    public static ZipArchive Open(string package, string? feed = null) => ZipFile.OpenRead(Path.Combine(feed ?? Feed, $"{package}.{Version}.nupkg"));

    public static byte[] Read(string package, string file)
    {
        using var archive = Open(package);
        using var entry = archive.GetEntry(file)!.Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static List<string> Files(string package)
    {
        using var archive = Open(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    public static XElement Metadata(string package, string? feed = null)
    {
        using var archive = Open(package, feed);
        using var nuspec = archive.Entries.Single(entry => entry.FullName == $"{package}.nuspec").Open();
        var root = XElement.Load(nuspec);
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return root.Element("metadata")!;
    }

    /// <summary>Packs what was built for the feed into another folder, with other properties.</summary>
    internal static Task<Output> PackAgain(string folder, string property) =>
        Dotnet.In(Sources, ["pack", "--no-build", "-o", folder, .. Properties, property]);

    /// <summary>Packs a copy of the sources: another version in the work tree's own obj folders would make its next build start anew.</summary>
    [OneTimeSetUp]
    public async Task Pack()
    {
        CopySources(Repository.PathOf(), Sources);
        Packing = await Dotnet.In(Sources, ["pack", "-o", Feed, .. Properties]);
        Packing.Succeeded();
    }

    [OneTimeTearDown]
    public void Delete()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    internal static void CopySources(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            var name = Path.GetFileName(folder);
            if (!name.StartsWith('.') && !_leftOut.Contains(name))
            {
                CopySources(folder, Path.Combine(to, name));
            }
        }
    }
}

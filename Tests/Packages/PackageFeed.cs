using System.IO.Compression;
using System.Xml.Linq;

namespace Tests.Packages;

/// <summary>Packs the three packages once, by one command, into a feed of this test run alone.</summary>
[SetUpFixture]
public sealed class PackageFeed
{
    private static readonly string[] _leftOut = ["bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>A version that no cache has seen.</summary>
    public static string Version { get; } = $"0.0.0-test.{DateTime.UtcNow.Ticks}";

    public static string Root { get; } = Path.Combine(Path.GetTempPath(), $"sitters-{Guid.NewGuid():N}");

    public static string Feed { get; } = Path.Combine(Root, "feed");

    internal static Output Packing { get; private set; } = new("", 0, "");

    public static ZipArchive Open(string package) => ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{Version}.nupkg"));

    public static XElement Metadata(string package)
    {
        using var archive = Open(package);
        using var nuspec = archive.Entries.Single(entry => entry.FullName == $"{package}.nuspec").Open();
        var root = XElement.Load(nuspec);
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return root.Element("metadata")!;
    }

    /// <summary>Packs a copy of the sources: another version in the work tree's own obj folders would make its next build start anew.</summary>
    [OneTimeSetUp]
    public async Task Pack()
    {
        var sources = Path.Combine(Root, "sources");
        CopySources(RepositoryRoot(), sources);
        Packing = await Dotnet.In(sources, ["pack", "-o", Feed, $"-p:Version={Version}"]);
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

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sitters.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"There is no Sitters.sln above {AppContext.BaseDirectory}.");
    }

    private static void CopySources(string from, string to)
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

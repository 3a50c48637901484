using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Tests.Packages;

/// <summary>The symbols lie in the assemblies: a debugger needs no server for them, and they can't be those of another build.</summary>
[Category("Packages")]
public sealed class PackageSymbolTests
{
    [Test]
    public void each_assembly_of_each_package_has_symbols_in_it_that_are_its_own([ValueSource(typeof(PackageFeed), nameof(PackageFeed.Packages))] string package)
    {
        foreach (var assembly in AssembliesIn(package))
        {
            using var file = new PEReader([.. PackageFeed.Read(package, assembly)]);
            using var symbols = SymbolsOf(file, assembly);
            var wanted = file.ReadCodeViewDebugDirectoryData(file.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView));

            Assert.That(new BlobContentId(symbols.GetMetadataReader().DebugMetadataHeader!.Id).Guid, Is.EqualTo(wanted.Guid), assembly);
        }
    }

    [Test]
    public void symbols_name_no_folder_of_the_machine_that_built_them([ValueSource(typeof(PackageFeed), nameof(PackageFeed.Packages))] string package)
    {
        foreach (var assembly in AssembliesIn(package))
        {
            using var file = new PEReader([.. PackageFeed.Read(package, assembly)]);
            using var symbols = SymbolsOf(file, assembly);
            var reader = symbols.GetMetadataReader();
            var sources = reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)).ToList();

            Assert.That(sources, Is.Not.Empty.And.All.StartsWith("/_/"), assembly);
            Assert.That(file.ReadCodeViewDebugDirectoryData(file.ReadDebugDirectory()[0]).Path, Does.Not.Contain(PackageFeed.Root), assembly);
        }
    }

    internal static MetadataReaderProvider SymbolsOf(PEReader file, string assembly)
    {
        var entries = file.ReadDebugDirectory().Where(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb).ToList();
        Assert.That(entries, Has.One.Items, assembly);
        return file.ReadEmbeddedPortablePdbDebugDirectoryData(entries[0]);
    }

    private static List<string> AssembliesIn(string package)
    {
        List<string> assemblies = [.. PackageFeed.Files(package).Where(file => Path.GetFileName(file).StartsWith("Sitters") && file.EndsWith(".dll"))];
        Assert.That(assemblies, Is.Not.Empty);
        return assemblies;
    }
}

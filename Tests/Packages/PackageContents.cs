using System.Xml.Linq;

namespace Tests.Packages;

[Category("Packages")]
public sealed class PackageContents
{
    private static readonly string[] _packages = ["Sitters", "Sitters.Runtime", "Sitters.Fody"];

    [Test]
    public void one_pack_command_makes_exactly_the_three_packages() =>
        Assert.That(Directory.EnumerateFiles(PackageFeed.Feed).Select(Path.GetFileName),
            Is.EquivalentTo(_packages.Select(package => $"{package}.{PackageFeed.Version}.nupkg")));

    [Test]
    public void packing_warns_of_nothing() => Assert.That(PackageFeed.Packing.Warnings(), Is.Empty);

    [Test]
    public void the_weaver_package_has_the_weaver_its_schema_and_its_build_files_and_no_assembly_to_reference() =>
        Assert.That(Files("Sitters.Fody"), Is.EquivalentTo(new[]
        {
            "README.md",
            "build/Sitters.Fody.props",
            "build/Sitters.Fody.targets",
            "buildTransitive/Sitters.Fody.targets",
            "weaver/Sitters.Fody.dll",
            "weaver/Sitters.Fody.xcf",
        }));

    [Test]
    public void the_library_packages_have_an_assembly_and_its_documentation_for_each_framework([Values("Sitters", "Sitters.Runtime")] string package) =>
        Assert.That(Files(package), Is.EquivalentTo(new[]
        {
            "README.md",
            $"lib/net10.0/{package}.dll",
            $"lib/net10.0/{package}.xml",
            $"lib/net8.0/{package}.dll",
            $"lib/net8.0/{package}.xml",
        }));

    [Test]
    public void the_weaver_package_brings_fody_and_the_runtime_with_their_build_files([Values("net8.0", "net10.0")] string framework) =>
        Assert.That(Dependencies("Sitters.Fody", framework).Select(dependency => $"{dependency.Attribute("id")?.Value} {dependency.Attribute("include")?.Value}"),
            Is.EquivalentTo(new[] { "Fody All", "Sitters.Runtime All" }));

    [Test]
    public void the_packages_depend_on_each_other_in_the_same_version([Values("Sitters.Runtime", "Sitters.Fody")] string package) =>
        Assert.That(Dependencies(package, "net10.0").Where(dependency => dependency.Attribute("id")!.Value.StartsWith("Sitters")).Select(dependency => dependency.Attribute("version")!.Value),
            Is.EqualTo(new[] { PackageFeed.Version }));

    [Test]
    public void no_package_is_a_development_dependency_as_its_runtime_has_to_reach_the_users_of_a_library([ValueSource(nameof(_packages))] string package) =>
        Assert.That(PackageFeed.Metadata(package).Element("developmentDependency"), Is.Null);

    [Test]
    public void a_package_says_its_license_and_shows_its_readme([ValueSource(nameof(_packages))] string package)
    {
        var metadata = PackageFeed.Metadata(package);
        Assert.That(metadata.Element("license")?.Value, Is.EqualTo("MIT"));
        Assert.That(metadata.Element("readme")?.Value, Is.EqualTo("README.md"));
        Assert.That(metadata.Element("description")?.Value, Is.Not.Empty.And.Not.EqualTo("Package Description"));
    }

    private static IEnumerable<string> Files(string package)
    {
        using var archive = PackageFeed.Open(package);
        return archive.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/") && !name.StartsWith("package/") && name != "[Content_Types].xml" && name != $"{package}.nuspec")
            .ToList();
    }

    private static IEnumerable<XElement> Dependencies(string package, string framework) =>
        PackageFeed.Metadata(package).Element("dependencies")!.Elements("group")
            .Single(group => group.Attribute("targetFramework")!.Value == framework).Elements("dependency");
}

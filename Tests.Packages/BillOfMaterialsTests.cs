using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Tests.Packages;

/// <summary>What a package says that it is made of, held against the package.</summary>
[Category("Packages")]
[TestFixtureSource(typeof(PackageFeed), nameof(PackageFeed.Packages))]
public sealed class BillOfMaterialsTests(string package)
{
    public const string Place = "_manifest/spdx_2.2/manifest.spdx.json";

    private readonly JsonNode _bill = JsonNode.Parse(PackageFeed.Read(package, Place))!;

    private IEnumerable<JsonNode> Packages => _bill["packages"]!.AsArray()!;

    private IEnumerable<string> PackagesWithVersions => Packages.Select(entry => $"{entry["name"]} {entry["versionInfo"]}");

    [Test]
    public void it_is_a_document_of_spdx_about_the_package()
    {
        Assert.That((string?)_bill["spdxVersion"], Is.EqualTo("SPDX-2.2"));
        Assert.That((string?)_bill["name"], Is.EqualTo($"{package} {PackageFeed.Version}"));
        Assert.That(_bill["documentDescribes"]!.AsArray().Select(id => (string?)id), Is.EqualTo(new[] { (string?)Packages.First()["SPDXID"] }));
        Assert.That(PackagesWithVersions.First(), Is.EqualTo($"{package} {PackageFeed.Version}"));
    }

    [Test]
    public void it_names_each_dependency_of_the_package_with_its_version() =>
        Assert.That(PackagesWithVersions, Is.SupersetOf(PackageFeed.Metadata(package).Descendants("dependency")
            .Select(dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}").Distinct()));

    [Test]
    public void it_names_each_library_that_a_program_in_the_package_runs_with()
    {
        foreach (var file in PackageFeed.Files(package).Where(name => name.EndsWith(".deps.json")))
        {
            var libraries = JsonNode.Parse(PackageFeed.Read(package, file))!["libraries"]!.AsObject().Select(library => library.Key.Replace('/', ' '));

            Assert.That(PackagesWithVersions, Is.SupersetOf(libraries));
        }
    }

    [Test]
    public void each_package_in_it_is_needed_by_another_one_in_it_and_says_under_which_license()
    {
        var needed = Relationships("DEPENDS_ON").ToLookup(relation => (string?)relation["relatedSpdxElement"], relation => (string?)relation["spdxElementId"]);
        var ids = Packages.Select(entry => (string?)entry["SPDXID"]).ToList();

        Assert.That(ids, Is.Unique);
        foreach (var entry in Packages.Skip(1))
        {
            Assert.That(needed[(string?)entry["SPDXID"]], Is.Not.Empty.And.SubsetOf(ids), $"{entry["name"]}");
            Assert.That((string?)entry["licenseDeclared"], ((string?)entry["name"])!.StartsWith("Sitters") ? Is.Not.Null : Is.Not.EqualTo("NOASSERTION"), $"{entry["name"]}");
        }
    }

    [Test]
    public void it_has_the_hashes_of_each_file_that_a_user_gets()
    {
        var files = _bill["files"]!.AsArray().ToDictionary(file => (string)file!["fileName"]!, file => file!["checksums"]!.AsArray()
            .ToDictionary(checksum => (string)checksum!["algorithm"]!, checksum => (string)checksum!["checksumValue"]!));

        Assert.That(files.Keys, Is.EquivalentTo(PackageFeed.Files(package)
            .Where(name => !name.StartsWith("_rels/") && !name.StartsWith("package/") && name != "[Content_Types].xml" && name != Place).Select(name => $"./{name}")));
        foreach (var (name, checksums) in files)
        {
            var bytes = PackageFeed.Read(package, name[2..]);
            Assert.That(checksums["SHA256"], Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(bytes))), name);
#pragma warning disable CA5350 // SPDX 2.2 asks for it, beside the other.
            Assert.That(checksums["SHA1"], Is.EqualTo(Convert.ToHexStringLower(SHA1.HashData(bytes))), name);
#pragma warning restore CA5350
        }
    }

    [Test]
    public void its_file_type_is_declared_as_that_of_all_files_in_the_package() =>
        Assert.That(System.Text.Encoding.UTF8.GetString(PackageFeed.Read(package, "[Content_Types].xml")), Does.Contain("Extension=\"json\""));

    private IEnumerable<JsonNode> Relationships(string kind) =>
        _bill["relationships"]!.AsArray().Where(relation => (string?)relation!["relationshipType"] == kind)!;
}

using System.Xml.Linq;
using CliWrap;
using CliWrap.Buffered;

namespace Tests.Packages;

[Category("Packages")]
public sealed class PackageContentTests
{
    private static readonly string[] _packages = PackageFeed.Packages;

    [Test]
    public void one_pack_command_makes_exactly_these_packages() =>
        Assert.That(Directory.EnumerateFiles(PackageFeed.Feed).Select(Path.GetFileName),
            Is.EquivalentTo(_packages.Select(package => $"{package}.{PackageFeed.Version}.nupkg")));

    [Test]
    public void packing_warns_of_nothing() => Assert.That(PackageFeed.Packing.Warnings(), Is.Empty);

    [Test]
    public void the_weaver_package_has_the_weaver_the_analyzer_its_schema_its_build_files_and_the_pages_of_its_errors_and_no_assembly_to_reference() =>
        Assert.That(Files("Sitters.Fody"), Is.EquivalentTo(new[]
        {
            "icon.png",
            "README.md",
            "analyzers/dotnet/cs/Sitters.Analyzers.dll",
            "analyzers/dotnet/cs/Sitters.CodeFixes.dll",
            "build/Sitters.Fody.props",
            "build/Sitters.Fody.Pack.targets",
            "build/Sitters.Fody.targets",
            "build/Sitters.Fody.Warnings.targets",
            "buildMultiTargeting/Sitters.Fody.targets",
            "buildTransitive/Sitters.Fody.targets",
            "weaver/Sitters.Fody.dll",
            "weaver/Sitters.Fody.xcf",
        }.Concat(Directory.EnumerateFiles(Repository.PathOf("docs", "errors")).Select(page => $"docs/errors/{Path.GetFileName(page)}"))));

    [Test]
    public void the_library_packages_have_an_assembly_and_its_documentation_for_each_framework([Values("Sitters", "Sitters.Runtime", "Sitters.AspNetCore", "Sitters.Hosting", "Sitters.Testing")] string package) =>
        Assert.That(Files(package), Is.EquivalentTo(new[]
        {
            "icon.png",
            "README.md",
            $"lib/net10.0/{package}.dll",
            $"lib/net10.0/{package}.xml",
            $"lib/net8.0/{package}.dll",
            $"lib/net8.0/{package}.xml",
        }.Concat(package == "Sitters" ? ["buildTransitive/Sitters.targets", "docs/errors/SIT0903.md"] : [])));

    [Test]
    public void the_weaver_package_brings_fody_and_the_runtime_with_their_build_files([Values("net8.0", "net10.0")] string framework) =>
        Assert.That(Dependencies("Sitters.Fody", framework).Select(dependency => $"{dependency.Attribute("id")?.Value} {dependency.Attribute("include")?.Value}"),
            Is.EquivalentTo(new[] { "Fody All", "Sitters.Runtime All" }));

    [Test]
    public void the_packages_depend_on_each_other_in_the_same_version([Values("Sitters.Runtime", "Sitters.Fody", "Sitters.AspNetCore", "Sitters.Hosting", "Sitters.Testing")] string package) =>
        Assert.That(Dependencies(package, "net10.0").Where(dependency => dependency.Attribute("id")!.Value.StartsWith("Sitters")).Select(dependency => dependency.Attribute("version")!.Value),
            Is.EqualTo(new[] { PackageFeed.Version }));

    [Test]
    public void no_package_is_a_development_dependency_as_its_runtime_has_to_reach_the_users_of_a_library([ValueSource(nameof(_packages))] string package) =>
        Assert.That(PackageFeed.Metadata(package).Element("developmentDependency"), Is.Null);

    [Test]
    public void a_package_says_what_it_is_whose_it_is_and_under_which_license([ValueSource(nameof(_packages))] string package)
    {
        var metadata = PackageFeed.Metadata(package);

        Assert.That(metadata.Element("description")?.Value, Is.Not.Empty.And.Not.EqualTo("Package Description"));
        Assert.That(metadata.Element("tags")?.Value.Split(' '), Is.SupersetOf(new[] { "async", "retry", "timeout", "fody" }));
        Assert.That(metadata.Element("authors")?.Value, Is.EqualTo("Sitters contributors"));
        Assert.That(metadata.Element("copyright")?.Value, Is.EqualTo("Copyright (c) Sitters contributors"));
        Assert.That(metadata.Element("license")?.Value, Is.EqualTo("MIT"));
    }

    [Test]
    public void a_package_shows_its_icon_and_the_readme_for_packages([ValueSource(nameof(_packages))] string package)
    {
        var metadata = PackageFeed.Metadata(package);

        Assert.That(metadata.Element("icon")?.Value, Is.EqualTo("icon.png"));
        Assert.That(PackageFeed.Read(package, "icon.png"), Is.EqualTo(File.ReadAllBytes(Repository.PathOf("build", "icon.png"))));
        Assert.That(metadata.Element("readme")?.Value, Is.EqualTo("README.md"));
        Assert.That(PackageFeed.Read(package, "README.md"), Is.EqualTo(File.ReadAllBytes(Repository.PathOf("docs", "package-readme.md"))));
    }

    [Test]
    public void the_release_notes_are_the_section_of_the_changelog_about_the_version_that_is_built([ValueSource(nameof(_packages))] string package)
    {
        var version = XElement.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
        var newest = File.ReadAllText(Repository.PathOf("CHANGELOG.md")).Split("\n## ")[1];

        Assert.That(newest, Does.StartWith($"[{version}]"));
        Assert.That(PackageFeed.Metadata(package).Element("releaseNotes")?.Value, Is.EqualTo(newest[newest.IndexOf('\n')..].Trim()));
    }

    [Test]
    public void a_package_names_no_address_of_the_sources_but_the_one_in_the_build_properties([ValueSource(nameof(_packages))] string package)
    {
        var address = XElement.Load(Repository.PathOf("Directory.Build.props")).Descendants("RepositoryUrl").Single().Value;
        var metadata = PackageFeed.Metadata(package);

        Assert.That(metadata.Element("projectUrl")?.Value ?? "", Is.EqualTo(address));
        Assert.That(metadata.Element("repository")?.Attribute("url")?.Value ?? "", Is.EqualTo(address));
        Assert.That(metadata.Element("repository"), address.Length == 0 ? Is.Null : Is.Not.Null);
    }

    [Test]
    public async Task an_address_of_the_sources_set_in_one_property_is_in_all_packages()
    {
        const string Address = "https://example.org/sitters";
        var folder = Path.Combine(PackageFeed.Root, "with-address");

        var packing = (await PackageFeed.PackAgain(folder, $"-p:RepositoryUrl={Address}")).Succeeded();

        Assert.That(packing.Warnings(), Is.Empty);
        foreach (var metadata in _packages.Select(package => PackageFeed.Metadata(package, folder)))
        {
            Assert.That(metadata.Element("projectUrl")?.Value, Is.EqualTo(Address));
            Assert.That(metadata.Element("repository")?.Attribute("url")?.Value, Is.EqualTo(Address));
            Assert.That(metadata.Element("repository")?.Attribute("type")?.Value, Is.EqualTo("git"));
        }

        foreach (var (package, file) in new[] { ("Sitters.Fody", "build/Sitters.Fody.ErrorPages.props"), ("Sitters", "buildTransitive/Sitters.ErrorPages.props") })
        {
            using var archive = PackageFeed.Open(package, folder);
            using var pages = archive.GetEntry(file)!.Open();
            Assert.That(XElement.Load(pages).Value, Is.EqualTo($"{Address}/blob/main/docs/errors/"));
        }
    }

    [Test]
    public async Task the_tool_is_installed_from_its_package_and_runs_as_sitters()
    {
        var folder = Path.Combine(PackageFeed.Root, "tool");
        var install = await Dotnet.In(PackageFeed.Root,
            ["tool", "install", "Sitters.Tool", "--tool-path", folder, "--add-source", PackageFeed.Feed, "--version", PackageFeed.Version]);
        install.Succeeded();

        var command = Cli.Wrap(Path.Combine(folder, "sitters")).WithValidation(CommandResultValidation.None);
        var version = await command.WithArguments("--version").ExecuteBufferedAsync();
        var refusal = await command.WithArguments(["ps", "99999999", "--format", "json"]).ExecuteBufferedAsync();

        Assert.That((version.ExitCode, version.StandardOutput.Split('+')[0].Trim()), Is.EqualTo((0, PackageFeed.Version)));
        Assert.That(refusal.ExitCode, Is.EqualTo(2));
        Assert.That(refusal.StandardOutput, Does.Contain("\"no-such-process\""));
    }

    private static IEnumerable<string> Files(string package) =>
        PackageFeed.Files(package)
            .Where(name => !name.StartsWith("_rels/") && !name.StartsWith("package/") && name != "[Content_Types].xml" && name != $"{package}.nuspec" && name != BillOfMaterialsTests.Place);

    private static IEnumerable<XElement> Dependencies(string package, string framework) =>
        PackageFeed.Metadata(package).Element("dependencies")!.Elements("group")
            .Single(group => group.Attribute("targetFramework")!.Value == framework).Elements("dependency");
}

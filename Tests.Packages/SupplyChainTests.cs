using System.Reflection.PortableExecutable;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace Tests.Packages;

/// <summary>What whoever gets a package can hold it against: its sources, built once more, and what is known of what it brings.</summary>
[Category("Packages")]
public sealed class SupplyChainTests
{
    private static readonly Guid _sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private readonly SecondBuild _build = new();

    [OneTimeSetUp]
    public async Task Pack() => (await _build.Pack()).Succeeded();

    [Test]
    public void the_same_sources_give_the_same_bytes_of_each_package_wherever_they_are_packed([ValueSource(typeof(PackageFeed), nameof(PackageFeed.Packages))] string package)
    {
        var name = $"{package}.{PackageFeed.Version}.nupkg";

        Assert.That(File.ReadAllBytes(Path.Combine(_build.Feed, name)).SequenceEqual(File.ReadAllBytes(Path.Combine(PackageFeed.Feed, name))), Different(package));
    }

    /// <summary>Source Link: a debugger gets the sources of the commit that was built from where they are published.</summary>
    [Test]
    public async Task symbols_lead_to_the_sources_of_the_commit_once_those_have_an_address()
    {
        const string Address = "https://github.com/example/sitters";
        await Git("init", "-q");
        await Git("remote", "add", "origin", Address);
        await Git("add", "Sitters", "Directory.Build.props");
        await Git("-c", "user.name=Tests", "-c", "user.email=tests@example.org", "commit", "-q", "-m", "Sources");
        var commit = (await Git("rev-parse", "HEAD")).Trim();

        (await _build.Dotnet("build", "Sitters", "-f", "net10.0", "-c", "Release", "-p:RunAnalyzers=false", $"-p:RepositoryUrl={Address}")).Succeeded();

        const string Assembly = "Sitters/bin/Release/net10.0/Sitters.dll";
        using var file = new PEReader(File.OpenRead(Path.Combine(_build.Folder, Assembly)));
        using var symbols = PackageSymbolTests.SymbolsOf(file, Assembly);
        var reader = symbols.GetMetadataReader();
        var links = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == _sourceLink)
            .Select(information => Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value)));
        Assert.That(links, Is.EqualTo(new[] { $$$"""{"documents":{"/_/*":"https://raw.githubusercontent.com/example/sitters/{{{commit}}}/*"}}""" }));
    }

    [Test]
    public async Task a_known_vulnerability_ends_the_restore_also_in_what_another_package_brings()
    {
        using var source = new AuditSource("""{"microsoft.extensions.primitives":[{"url":"https://example.org/1","severity":0,"versions":"[8.0.0]"}]}""");

        var restore = await Restore(source.Address);

        Assert.That(restore.ExitCode, Is.Not.Zero);
        Assert.That(restore.Errors(), Is.Not.Empty.And.All.Contains("NU1901").And.All.Contains("Microsoft.Extensions.Primitives"));
    }

    [Test]
    public async Task a_source_that_knows_nothing_of_vulnerabilities_does_not_end_the_restore()
    {
        using var source = new AuditSource(vulnerabilities: null);

        var restore = (await Restore(source.Address)).Succeeded();

        Assert.That(restore.Warnings(), Is.Not.Empty.And.All.Contains("NU1905"));
    }

    private async Task<string> Git(params string[] arguments) =>
        (await Cli.Wrap("git").WithWorkingDirectory(_build.Folder).WithArguments(arguments).ExecuteBufferedAsync()).StandardOutput;

    private async Task<Output> Restore(string auditSource)
    {
        await File.WriteAllTextAsync(Path.Combine(_build.Folder, "nuget.config"), $"""
            <configuration>
              <auditSources><clear /><add key="audit" value="{auditSource}" allowInsecureConnections="true" /></auditSources>
            </configuration>
            """);
        return await _build.Dotnet("restore", "Sitters.Runtime", "--force", "-p:NuGetAudit=true");
    }

    /// <summary>The entries of a package that are not the same.</summary>
    private string Different(string package)
    {
        using var first = PackageFeed.Open(package);
        using var second = PackageFeed.Open(package, _build.Feed);
        return string.Join(", ", first.Entries.Zip(second.Entries).Where(pair => pair.First.FullName != pair.Second.FullName || pair.First.Crc32 != pair.Second.Crc32)
            .Select(pair => $"{pair.First.FullName} / {pair.Second.FullName}"));
    }
}

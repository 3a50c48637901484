using System.Reflection;
using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;

namespace Tests.Packages;

/// <summary>A woven program, and one that uses a woven library, is published trimmed, and as native code.</summary>
[Category("Packages")]
public sealed class PublishedConsumerTests
{
    private const string Executable = """
        <OutputType>Exe</OutputType>
        <TargetFramework>net10.0</TargetFramework>
        <UseAppHost>true</UseAppHost>
        <InvariantGlobalization>true</InvariantGlobalization>
        <TrimmerSingleWarn>false</TrimmerSingleWarn>
        <PublishTrimmed Condition="'$(As)' == 'Trimmed'">true</PublishTrimmed>
        <PublishAot Condition="'$(As)' == 'Native'">true</PublishAot>
        """;

    private static readonly string _runtimeIdentifier = typeof(PublishedConsumerTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "RuntimeIdentifier").Value!;

    private readonly Consumers _consumers = new("published");

    [OneTimeSetUp]
    public void AddProjects()
    {
        // Else a restore for one runtime wants the packages of ASP.NET too, which nothing here needs.
        _consumers.Write("Directory.Build.props", "<Project><PropertyGroup><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads></PropertyGroup></Project>");
        _consumers.AddProject("Woven", Executable, Consumers.SittersAndMemoryCache, Everything.Sources);
        _consumers.AddProject("Library", "<TargetFramework>net10.0</TargetFramework><IsAotCompatible>true</IsAotCompatible>", Consumers.SittersAndMemoryCache, Everything.Library);
        _consumers.AddProject("Host", Executable, """<ProjectReference Include="../Library/Library.csproj" />""", Everything.Program);
    }

    [Test]
    public async Task trimmed_a_program_does_what_it_does_otherwise_and_nothing_warns() => await Publish("Woven", "Trimmed");

    [Test]
    public async Task as_native_code_a_program_does_what_it_does_otherwise_and_nothing_warns([Values("Woven", "Host")] string program) =>
        await Publish(program, "Native");

    private async Task Publish(string program, string form)
    {
        if (RuntimeInformation.OSArchitecture is not (Architecture.X64 or Architecture.Arm64))
        {
            Assert.Ignore("What publishes trimmed and native programs is there for x64 and Arm64: run this on a machine with such a processor.");
        }

        var publish = await _consumers.Dotnet("publish", program, "-r", _runtimeIdentifier, "--self-contained", $"-p:As={form}");
        if (publish.Errors().Any(error => error.Contains("Platform linker")))
        {
            Assert.Ignore("Native code is linked by clang or gcc (on Debian 'apt-get install gcc libc6-dev'), on Windows by Visual Studio's C++ tools: there is none here.");
        }

        publish.Succeeded();
        var output = _consumers.PathOf(program, "bin", "Release", "net10.0", _runtimeIdentifier, "publish");
        var run = await Cli.Wrap(Path.Combine(output, OperatingSystem.IsWindows() ? $"{program}.exe" : program)).ExecuteBufferedAsync();

        Assert.That(publish.Warnings(), Is.Empty);
        Assert.That(run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Is.EqualTo(Everything.Trace));
    }
}

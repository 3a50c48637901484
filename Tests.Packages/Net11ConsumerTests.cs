namespace Tests.Packages;

/// <summary>
/// A program that uses everything, compiled for .NET 10 and for .NET 11, with state machines and without, does the same on the runtime of .NET 11.
/// </summary>
[Category("Packages")]
[Category("Net11")]
internal sealed class Net11ConsumerTests
{
    private const string RuntimeAsync = "<Features>$(Features);runtime-async=on</Features>";

    /// <summary>On .NET 10 runtime async was a preview.</summary>
    private const string RuntimeAsyncOfNet10 = $"{RuntimeAsync}<EnablePreviewFeatures>true</EnablePreviewFeatures><NoWarn>$(NoWarn);SYSLIB5007</NoWarn>";

    private static readonly (string Name, string Framework, string Properties)[] _programs =
    [
        ("Net10", "net10.0", ""),
        ("Net10RuntimeAsync", "net10.0", RuntimeAsyncOfNet10),
        ("Net11", "net11.0", ""),
        ("Net11RuntimeAsync", "net11.0", RuntimeAsync),
        ("Net11RuntimeAsyncOptimized", "net11.0", $"{RuntimeAsync}<Optimize>true</Optimize>"),
    ];

    private readonly Consumers _consumers = new("net11");
    private Output _build = new("", 0, "");

    private static IEnumerable<string> Names => _programs.Select(program => program.Name);

    [OneTimeSetUp]
    public async Task Build()
    {
        await Net11Runtime.Host();
        _consumers.Write("Directory.Build.targets", File.ReadAllText(Repository.PathOf("build", "Net11.targets")));
        foreach (var (name, framework, properties) in _programs)
        {
            _consumers.AddProject(
                name,
                $"<OutputType>Exe</OutputType><TargetFramework>{framework}</TargetFramework>{properties}",
                Consumers.SittersAndMemoryCache,
                Everything.Sources);
        }

        _consumers.AddSolution("Net11", [.. Names]);
        _build = await _consumers.Dotnet("build", "Net11.slnx");
    }

    [TestCaseSource(nameof(Names))]
    public async Task a_program_does_there_what_it_does_elsewhere(string name)
    {
        var framework = _programs.Single(program => program.Name == name).Framework;
        Assert.That(_build.Errors(name).Concat(_build.Warnings(name)), Is.Empty);

        var run = await Net11Runtime.Run(_consumers.AssemblyOf(name, framework));

        Assert.That(
            run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Is.EqualTo(Everything.Trace),
            run.StandardError);
    }
}

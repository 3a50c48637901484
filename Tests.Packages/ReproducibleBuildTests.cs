namespace Tests.Packages;

/// <summary>The same sources, built at two places with the paths mapped, as a build server does it.</summary>
[Category("Packages")]
public sealed class ReproducibleBuildTests
{
    private const string Mapped = """
        <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Deterministic>true</Deterministic>
        <ContinuousIntegrationBuild>true</ContinuousIntegrationBuild><PathMap>$(MSBuildProjectDirectory)=/_/</PathMap>
        """;

    private readonly Consumers[] _places = [new("reproducible"), new(Path.Combine("reproducible", "in", "another", "folder"))];

    [OneTimeSetUp]
    public async Task Build()
    {
        foreach (var place in _places)
        {
            foreach (var symbols in new[] { "portable", "embedded" })
            {
                place.AddProject(symbols, $"{Mapped}<DebugType>{symbols}</DebugType>", Consumers.SittersReference,
                    ("Worker.cs", Consumers.Worker), ("Program.cs", Consumers.WorkerProgram));
            }

            place.AddSolution("Reproducible", "portable", "embedded");
            (await place.Dotnet("build", "Reproducible.slnx")).Succeeded();
        }
    }

    [TestCase("portable", "portable.dll")]
    [TestCase("portable", "portable.pdb")]
    [TestCase("embedded", "embedded.dll")]
    public void the_same_sources_give_the_same_bytes_wherever_they_are_built(string project, string file) =>
        Assert.That(Bytes(_places[1], project, file), Is.EqualTo(Bytes(_places[0], project, file)));

    private static byte[] Bytes(Consumers place, string project, string file) =>
        File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(place.AssemblyOf(project))!, file));
}

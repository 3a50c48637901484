namespace Tests.Packages;

/// <summary>A woven library and a program that uses it, built again after a change of the library alone.</summary>
[Category("Packages")]
public sealed class ConsumerRebuildTests
{
    private const string Library = """
        using Sitters;
        public static class Client
        {
            [Sit(ExceptionHooks = [nameof(Tell)])]
            public static async Task<string> Fetch()
            {
                await Task.Yield();
                throw new InvalidOperationException("refused");
            }

            private static void Tell(SitContext call) => Console.WriteLine($"{call.Exception!.Message} {call.Attempt}");
        }
        """;

    private readonly Consumers _consumers = new("again");

    [SetUp]
    public async Task Build()
    {
        _consumers.AddProject("Library", "<TargetFramework>net10.0</TargetFramework>", Consumers.SittersReference, ("Client.cs", Library));
        _consumers.AddProject("App", "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>", """<ProjectReference Include="../Library/Library.csproj" />""",
            ("Program.cs", "try { await Client.Fetch(); } catch (InvalidOperationException) { }"));
        Assert.That(await BuiltAndRun(), Is.EqualTo(["refused 1"]));
    }

    [Test]
    public async Task a_configuration_that_comes_changes_or_goes_weaves_anew()
    {
        _consumers.Write("Library/FodyWeavers.xml", """<Weavers><Sitters MaxAttempts="2" /></Weavers>""");
        // As out of an archive: older than what has been built.
        File.SetLastWriteTimeUtc(_consumers.PathOf("Library", "FodyWeavers.xml"), DateTime.UnixEpoch);
        Assert.That(await BuiltAndRun(), Is.EqualTo(["refused 2"]));

        _consumers.Write("Library/FodyWeavers.xml", """<Weavers><Sitters MaxAttempts="3" /></Weavers>""");
        Assert.That(await BuiltAndRun(), Is.EqualTo(["refused 3"]));

        File.Delete(_consumers.PathOf("Library", "FodyWeavers.xml"));
        Assert.That(await BuiltAndRun(), Is.EqualTo(["refused 1"]));
    }

    [Test]
    public async Task a_change_inside_a_sat_method_leaves_the_program_that_calls_it_as_it_was_compiled()
    {
        var compiled = _consumers.PathOf("App", "obj", "Debug", "net10.0", "App.dll");
        var before = File.GetLastWriteTimeUtc(compiled);

        _consumers.Write("Library/Client.cs", Library.Replace("refused", "still refused"));

        Assert.That(await BuiltAndRun(), Is.EqualTo(["still refused 1"]));
        Assert.That(File.GetLastWriteTimeUtc(compiled), Is.EqualTo(before));
    }

    private async Task<IReadOnlyList<string>> BuiltAndRun()
    {
        (await _consumers.Dotnet("build", "App")).Succeeded();
        return await _consumers.Run(_consumers.AssemblyOf("App"));
    }
}

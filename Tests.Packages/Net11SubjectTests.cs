using System.Reflection;
using System.Xml.Linq;

namespace Tests.Packages;

/// <summary>
/// The other project's tests of woven code, which is built for .NET 10 with each of its compilers, classic and runtime async, run on .NET 11.
/// </summary>
[Category("Net11")]
internal sealed class Net11SubjectTests
{
    private static readonly XNamespace _trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private static readonly string _tests = typeof(Net11SubjectTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "Tests").Value!;

    /// <summary>
    /// What depends on how the runtime runs a body, woven in each way: every shape of a method, every await under control, the life of a call, streams.
    /// The dot ends a name: others that begin alike are not meant.
    /// </summary>
    private static readonly string[] _themes =
        ["Tests.Gating.CompilationTests.", "Tests.Life.", "Tests.Streams.", "Tests.Weaving.ShapeTests."];

    [Test]
    public async Task all_tests_of_how_woven_code_runs_pass_on_it()
    {
        var host = await Net11Runtime.Host();
        var folder = Directory.CreateTempSubdirectory("sitters-net11-run").FullName;
        try
        {
            var settings = Path.Combine(folder, "net11.runsettings");
            new XElement(
                "RunSettings",
                new XElement(
                    "RunConfiguration",
                    new XElement("DotNetHostPath", host),
                    new XElement("ResultsDirectory", folder),
                    new XElement("EnvironmentVariables", new XElement("DOTNET_ROLL_FORWARD", "LatestMajor")))).Save(settings);

            var run = await Dotnet.In(
                folder,
                [
                    "vstest",
                    _tests,
                    $"--Settings:{settings}",
                    $"--TestCaseFilter:{string.Join('|', _themes.Select(theme => $"FullyQualifiedName~{theme}"))}",
                    "--logger:trx;LogFileName=run.trx",
                    "--logger:console;verbosity=quiet",
                ]);

            run.Succeeded();
            var report = XDocument.Load(Path.Combine(folder, "run.trx"));
            var passed = report.Descendants(_trx + "UnitTestResult")
                .Where(result => result.Attribute("outcome")!.Value == "Passed")
                .Select(result => result.Attribute("testId")!.Value)
                .ToHashSet();
            var classes = report.Descendants(_trx + "UnitTest")
                .Where(test => passed.Contains(test.Attribute("id")!.Value))
                .Select(test => test.Element(_trx + "TestMethod")!.Attribute("className")!.Value)
                .ToList();
            TestContext.Out.WriteLine($"{classes.Count} tests passed on .NET {Net11Runtime.Version}");
            Assert.That(_themes.Where(theme => !classes.Exists(name => Matches(name, theme))), Is.Empty, "themes of which no test passed");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A fixture with arguments has them in the name of its class.</summary>
    private static bool Matches(string name, string theme) => $"{name.Split('(')[0]}.".StartsWith(theme, StringComparison.Ordinal);
}

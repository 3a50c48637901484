using System.Xml.Linq;

namespace Tests.Packages;

/// <summary>A woven project under code coverage: of each line it is known whether it ran, as without weaving.</summary>
[Category("Packages")]
public sealed class CoveredConsumerTests
{
    /// <summary>Each line says what coverage must say of it.</summary>
    private const string Stock = """
        using Sitters;

        namespace Consumer;

        public class Stock
        {
            [Sit(MaxAttempts = 3, StartupHooks = [nameof(Open)])]
            public async Task<int> Price(int id)
            {                                                       // ran
                if (id < 0)                                         // ran
                    throw new ArgumentException("no such thing");   // not

                var price = await Ask(id);                          // ran
                try
                {                                                   // ran
                    return await Double(price);                     // ran
                }
                catch (InvalidOperationException)                   // not
                {                                                   // not
                    return await Ask(0);                            // not
                }
                finally
                {                                                   // ran
                    await Task.Yield();                             // ran
                }                                                   // ran
            }                                                       // ran

            [Sit]
            public Task<int> Count(int id)
            {                                                       // ran
                var count = id * 2;                                 // ran
                return Task.FromResult(count);                      // ran
            }                                                       // ran

            [Sit]
            public Task<int> NeverCalled(int id) => Task.FromResult(id); // not

            [Sit]
            public async IAsyncEnumerable<int> Things()
            {                                                       // ran
                yield return 1;                                     // ran
                await Task.Yield();                                 // ran
                yield return 2;                                     // ran
            }                                                       // ran

            private void Open() => Console.WriteLine("open");       // ran

            private static async Task<int> Ask(int id)
            {                                                       // ran
                await Task.Yield();                                 // ran
                return id;                                          // ran
            }                                                       // ran

            private static async Task<int> Double(int price) => await Ask(price) * 2; // ran
        }
        """;

    private const string Test = """
        using Consumer;
        using NUnit.Framework;

        public class StockTest
        {
            [Test]
            public async Task it_is_there()
            {
                Assert.That(await new Stock().Price(4), Is.EqualTo(8));
                Assert.That(await new Stock().Count(4), Is.EqualTo(8));
                await foreach (var thing in new Stock().Things())
                    Assert.That(thing, Is.GreaterThan(0));
            }
        }
        """;

    [Test]
    public async Task each_line_that_ran_is_covered_and_no_other()
    {
        var consumers = new Consumers("covered");
        consumers.AddProject("Library", "<TargetFramework>net10.0</TargetFramework>", Consumers.SittersReference, ("Stock.cs", Stock));
        consumers.AddProject(
            "Tests",
            "<TargetFramework>net10.0</TargetFramework><IsPackable>false</IsPackable>",
            string.Concat(new[] { "NUnit", "NUnit3TestAdapter", "Microsoft.NET.Test.Sdk", "coverlet.collector" }.Select(Reference))
            + """<ProjectReference Include="../Library/Library.csproj" />""",
            ("StockTest.cs", Test));

        (await consumers.Dotnet("test", "Tests", "--collect", "XPlat Code Coverage", "--results-directory", consumers.PathOf("results"))).Succeeded();

        var report = XElement.Load(Directory.EnumerateFiles(consumers.PathOf("results"), "coverage.cobertura.xml", SearchOption.AllDirectories).Single());
        var lines = report.Descendants("class").Where(type => ((string)type.Attribute("filename")!).EndsWith("Stock.cs", StringComparison.Ordinal))
            .Elements("lines").Elements("line")
            .GroupBy(line => (int)line.Attribute("number")!, line => (int)line.Attribute("hits")!)
            .ToDictionary(line => line.Key, line => line.Max() > 0 ? "ran" : "not");
        Assert.That(lines, Is.EqualTo(Expected()));
    }

    private static Dictionary<int, string> Expected() => Stock.Split('\n')
        .Select((line, index) => (Number: index + 1, Said: line.Split("// ")))
        .Where(line => line.Said.Length == 2)
        .ToDictionary(line => line.Number, line => line.Said[1].Trim());

    /// <summary>In the version that these tests use themselves.</summary>
    private static string Reference(string package)
    {
        var versions = XElement.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion");
        return $"""<PackageReference Include="{package}" Version="{versions.Single(version => (string)version.Attribute("Include")! == package).Attribute("Version")!.Value}" />""";
    }
}

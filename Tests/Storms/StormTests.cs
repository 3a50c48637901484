using System.Globalization;
using System.Text.Json;

namespace Tests.Storms;

/// <summary>
/// A process with thousands of calls that get all that can happen to calls, while this one sends it signals, commands and settings. Its
/// books balance to the unit.
/// </summary>
[TestFixture]
[Platform("Linux")]
[Parallelizable(ParallelScope.All)]
internal sealed class StormTests
{
    /// <summary>
    /// What may be left of all calls together, by way of tables and buffers that have found their size: above all the last orders of the
    /// tool, each with the calls that it meant.
    /// </summary>
    private const long OnceForAll = 3_000_000;

    /// <summary>What may be left of each call: of ten times as many calls not even one more byte.</summary>
    private const double BytesPerCall = 0.1;

    private static double Seconds => double.Parse(Option("SITTERS_STORM_SECONDS", "60"), CultureInfo.InvariantCulture);

    private static int Seed => int.Parse(Option("SITTERS_STORM_SEED", "1"), CultureInfo.InvariantCulture);

    [Test]
    public async Task the_books_balance_after_a_storm()
    {
        var folder = Directory.CreateTempSubdirectory("storm-").FullName;
        var settings = Path.Combine(folder, "settings.json");
        await using var program = new StormProgram(Seconds, Seed, settings);
        var disturbance = new Disturbance(program.Id, Seed, settings);

        await program.Weather(disturbance);
        var storm = await program.Weather(disturbance);
        var code = await program.End();
        Directory.Delete(folder, recursive: true);

        TestContext.Out.WriteLine($"{disturbance}\n{storm.ToJsonString(new JsonSerializerOptions { WriteIndented = true })}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(storm["surprises"]!.AsArray(), Is.Empty);
            Assert.That(storm["open"]!.AsArray(), Is.Empty);
            Assert.That(storm["lost"]!.AsArray(), Is.Empty);
            foreach (var (name, pair) in storm["books"]!.AsObject())
            {
                Assert.That(pair![0]!.GetValue<long>(), Is.EqualTo(pair[1]!.GetValue<long>()), name);
            }

            Assert.That(storm["grown"]!.GetValue<long>(), Is.LessThan(OnceForAll + (BytesPerCall * storm["calls"]!.GetValue<long>())));
            Assert.That(code, Is.Zero, program.Errors);
            Assert.That(disturbance.Missing, Is.Empty, "what the storm was to bring, and did not");
        }
    }

    private static string Option(string name, string otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : otherwise;
}

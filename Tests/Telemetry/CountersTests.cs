using System.Reflection;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using Sitters;
using Tests.Signals;

namespace Tests.Telemetry;

/// <summary>A process is looked at from outside, by the tool that people use for it.</summary>
internal sealed class CountersTests
{
    private static readonly string _counters =
        typeof(CountersTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Counters").Value!;

    [Test]
    public async Task dotnet_counters_shows_every_instrument_with_its_unit_and_its_tags()
    {
        await using var child = await Child.Start("tell", "stay=");

        var shown = await Collect(child.Id);

        await child.Open("told");
        Assert.That(shown.Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "sitters.attempt.duration (s): code.function.name error.type sitters.attempt.result",
            "sitters.cache.entries ({entry}): code.function.name",
            "sitters.cache.evictions ({eviction} / 1 sec): code.function.name sitters.eviction.reason",
            "sitters.cache.requests ({request} / 1 sec): code.function.name sitters.cache.result",
            "sitters.call.active ({call}): code.function.name",
            "sitters.call.duration (s): code.function.name error.type sitters.call.outcome",
            "sitters.call.pause.duration (s): code.function.name",
            "sitters.call.paused ({call}): code.function.name",
            "sitters.call.started ({call} / 1 sec): code.function.name",
            "sitters.control.commands ({command} / 1 sec): sitters.control.command sitters.control.result sitters.control.source",
            "sitters.grace.overruns ({overrun} / 1 sec): code.function.name",
            "sitters.hook.failures ({failure} / 1 sec): code.function.name error.type sitters.hook.event",
            "sitters.interrupts ({interrupt} / 1 sec): code.function.name sitters.control.source sitters.interrupt.reason",
            "sitters.retries ({retry} / 1 sec): code.function.name error.type",
        }));
    }

    /// <summary>Each instrument that the tool has written down, with all the tags that it had.</summary>
    private static async Task<IEnumerable<string>> Collect(int process)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"counters-{Guid.NewGuid():N}.json");
        var result = await Cli.Wrap("dotnet")
            .WithArguments([
                _counters, "collect", "--process-id", $"{process}", "--counters", SitterDiagnostics.MeterName, "--maxHistograms", "100",
                "--format", "json", "--duration", "00:00:00:03", "--output", file,
            ])
            .WithEnvironmentVariables(variables => variables.Set("DOTNET_ROLL_FORWARD", "Major"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

        Assert.That(result.ExitCode, Is.Zero, result.StandardOutput + result.StandardError);
        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var events = written.RootElement.GetProperty("Events").EnumerateArray()
            .Select(one => (Name: one.GetProperty("name").GetString()!, Tags: one.GetProperty("tags").GetString()!))
            .ToArray();
        Assert.That(events.Select(one => one.Tags), Has.Some.Contains("code.function.name=SignalProgram.Telling.Retry"));
        return events.GroupBy(one => one.Name, (name, all) =>
        {
            var tags = all.SelectMany(one => one.Tags.Split(',')).Select(tag => tag.Split('=')[0]).Where(tag => tag != "Percentile");
            return $"{name}: {string.Join(' ', tags.Distinct().Order(StringComparer.Ordinal))}";
        });
    }
}

using System.Reflection;
using CliWrap;
using CliWrap.Buffered;

namespace Tests.Starting;

/// <summary>A process starts quickly: what few calls need is not there with the first one, and is there for whoever asks for it.</summary>
internal sealed class StartTests
{
    private static readonly string _program = Path.Combine(
        typeof(StartTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Started").Value!, "Started");

    [Test]
    public async Task a_call_loads_no_more_than_it_needs()
    {
        var loaded = await Run("assemblies", ("STARTED_UNSEEN", "1"));

        // What the program itself uses is in it too.
        Assert.That(loaded, Is.SubsetOf(new[]
        {
            "System.Private.CoreLib", "Started", "System.Runtime", "Sitters", "Sitters.Runtime", "System.Collections", "System.Threading",
            "System.Threading.Thread", "System.Threading.ThreadPool", "System.Runtime.InteropServices",
        }));
    }

    [Test]
    public async Task who_listens_to_meters_before_the_first_call_is_told_of_it() =>
        Assert.That(await Run("early-listener"), Is.EqualTo(new[]
        {
            "sitters.call.started 1", "sitters.call.active 1", "sitters.call.active -1",
        }));

    [Test]
    public async Task who_listens_to_meters_during_the_first_call_is_told_of_the_next() =>
        Assert.That(await Run("late-listener"), Is.EqualTo(new[]
        {
            "sitters.call.started 1", "sitters.call.active 1", "sitters.call.active -1",
        }));

    [Test]
    public async Task tools_find_meters_and_door_of_a_process_that_has_made_a_call() =>
        Assert.That(await Run("outside"), Is.EqualTo(new[] { "System.Diagnostics.Metrics", "Sitters" }));

    [TestCase("DOTNET_DiagnosticPorts", "/nowhere/port,nosuspend")]
    public async Task where_the_environment_says_that_somebody_will_look_meters_are_there_with_the_first_call(string name, string value) =>
        Assert.That(await Run("assemblies", (name, value)), Has.Member("System.Diagnostics.DiagnosticSource"));

    [Test]
    [Platform("Unix", Reason = "The program sends a signal to itself.")]
    public async Task a_signal_during_the_first_call_cancels_it()
    {
        var result = await Start("signal");

        Assert.That((result.ExitCode, result.StandardOutput), Is.EqualTo((143, Environment.NewLine)), result.StandardError);
    }

    private static async Task<string[]> Run(string scene, params (string Name, string Value)[] environment)
    {
        var result = await Start(scene, environment);
        Assert.That(result.ExitCode, Is.Zero, result.StandardOutput + result.StandardError);
        return result.StandardOutput.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<BufferedCommandResult> Start(string scene, params (string Name, string Value)[] environment) =>
        await Cli.Wrap(_program)
            .WithArguments([scene])
            .WithEnvironmentVariables(environment.ToDictionary(one => one.Name, one => (string?)one.Value))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
}

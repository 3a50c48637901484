using System.Threading.Channels;
using CliWrap;

namespace Tests.Packages;

/// <summary>A program under dotnet watch.</summary>
[Category("Packages")]
public sealed class WatchedConsumerTests
{
    private const string Program = """
        using Sitters;
        Console.WriteLine(await Worker.Work());
        await Task.Delay(Timeout.Infinite);
        static class Worker
        {
            [Sit]
            public static async Task<string> Work()
            {
                await Task.Yield();
                return "first: " + (SitContext.TryGetCurrent(out _) ? "sat" : "not sat");
            }
        }
        """;

    private readonly Consumers _consumers = new("watched");

    [OneTimeSetUp]
    public async Task Build()
    {
        _consumers.AddProject("App", "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>", Consumers.SittersReference, ("Program.cs", Program));
        (await _consumers.Dotnet("restore", "App")).Succeeded();
    }

    // The limit is only for a watch that hangs.
    [CancelAfter(180_000)]
    [TestCase("--no-hot-reload")]
    [TestCase("--non-interactive")]
    public async Task a_changed_method_is_built_woven_and_started_anew(string mode, CancellationToken limit)
    {
        _consumers.Write("App/Program.cs", Program);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit);
        var lines = Channel.CreateUnbounded<string>();
        var pipe = PipeTarget.ToDelegate(line => lines.Writer.TryWrite(line));
        var watch = _consumers.Command("watch", "--non-interactive", mode, "--project", "App", "run")
            .WithStandardOutputPipe(pipe)
            .WithStandardErrorPipe(pipe)
            .ExecuteAsync(end.Token).Task;

        try
        {
            // In either order.
            var started = await Lines(lines, until: ["Waiting for changes", "first: "], limit);
            Assert.That(started, Has.One.EqualTo("first: sat"));

            // In one step, so that nobody sees half a file.
            _consumers.Write("changed/Program.cs", Program.Replace("first", "second"));
            File.Move(_consumers.PathOf("changed", "Program.cs"), _consumers.PathOf("App", "Program.cs"), overwrite: true);

            var changed = await Lines(lines, until: ["second: "], limit);
            Assert.That(changed, Has.One.EqualTo("second: sat"));
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAny(watch);
        }
    }

    private static async Task<List<string>> Lines(Channel<string> lines, string[] until, CancellationToken limit)
    {
        var read = new List<string>();
        while (!until.All(text => read.Exists(line => line.Contains(text))))
        {
            var line = await lines.Reader.ReadAsync(limit);
            TestContext.Out.WriteLine(line);
            read.Add(line);
        }

        return read;
    }
}

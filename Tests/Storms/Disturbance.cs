using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Sitters.Tool;
using Tests.Signals;
using Tests.Tool;

namespace Tests.Storms;

/// <summary>What comes to a process from outside: signals, commands of the tool, and settings in its file. Each by chance, from threads of their own.</summary>
internal sealed class Disturbance(int process, int seed, string settings)
{
    private static readonly string[] _methods = ["*.Nested", "*.R*", "*.Timed", "Storm.*", "*.Streamed", "*.Late", "*.Taking"];

    private static readonly string[] _expected =
    [
        "signal USR1", "signal USR2", "signal HUP", "ps Done", "tree Done", "pause Done", "resume Done", "restart Done", "cancel Done", "settings",
        "bad settings",
    ];

    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>What has not come once.</summary>
    public IEnumerable<string> Missing => _expected.Except(_counts.Keys);

    /// <summary>Disturbs until it is calm.</summary>
    public Task Run(CancellationToken calm) => Task.WhenAll(
        Thread(() => Repeat(seed, 60, Signal, calm)),
        Thread(() => Repeat(seed + 1, 150, Command, calm)),
        Thread(() => Repeat(seed + 2, 200, Configure, calm)));

    public override string ToString() => string.Join(", ", _counts.OrderBy(count => count.Key).Select(count => $"{count.Key}: {count.Value}"));

    private static Task Thread(Action run) => Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Repeat(int seed, int wait, Action<Random> act, CancellationToken calm)
    {
        var random = new Random(seed);
        while (!calm.WaitHandle.WaitOne(random.Next(wait)))
        {
            act(random);
        }
    }

    private void Signal(Random random)
    {
        if (random.Next(4) == 0)
        {
            Send(Signals.Signal.HUP);
            return;
        }

        // Once more it changes nothing.
        Send(Signals.Signal.USR1);
        Send(Signals.Signal.USR1);
        System.Threading.Thread.Sleep(random.Next(10));
        Send(Signals.Signal.USR2);
    }

    private void Send(Signal signal)
    {
        signal.Send(process);
        Count($"signal {signal}");
    }

    private void Command(Random random)
    {
        string[] words = random.Next(6) switch
        {
            0 => ["ps", "--state", "running"],
            1 => ["tree"],
            2 => ["pause", "--for", "100ms"],
            3 => ["resume"],
            4 => ["restart", "--yes"],
            _ => ["cancel", "--yes"],
        };
        Tool([.. words, "--method", _methods[random.Next(_methods.Length)]]);
        if (words[0] == "pause")
        {
            Tool(["resume", "--method", "*"]);
        }
    }

    private void Tool(string[] words)
    {
        var run = ToolRun.Of(Path.GetTempPath(), [words[0], process.ToString(CultureInfo.InvariantCulture), .. words[1..]]);
        Assert.That(run.ExitCode, Is.AnyOf(ExitCode.Done, ExitCode.NothingMatched), $"{string.Join(' ', words)}: {run.Error}");
        Count($"{words[0]} {(run.ExitCode == ExitCode.Done ? "Done" : "nothing matched")}");
    }

    private void Configure(Random random)
    {
        var isBad = random.Next(8) == 0;
        var methods = new Dictionary<string, object>
        {
            ["Storm.Weather.Timed"] = new { TimeoutSeconds = isBad ? -1 : 0.005 * random.Next(1, 10) },
            ["Storm.Weather.Retried"] = new { MaxAttempts = random.Next(1, 6), RetryDelaySeconds = 0.001 * random.Next(5) },
            ["Storm.Weather.Cached"] = new { CacheSize = random.Next(1, 12), CacheSeconds = 0.1 * random.Next(1, 5) },
            ["Storm.Weather.Fanning"] = new { ForwardToken = random.Next(2) == 0, GraceSeconds = 0.5 },
            ["Storm.Weather.Quick"] = new { Disabled = random.Next(2) == 0 },
        };
        if (random.Next(3) == 0)
        {
            methods.Remove("Storm.Weather.Cached");
        }

        var file = settings + ".new";
        File.WriteAllText(file, JsonSerializer.Serialize(new { Sitters = new { Methods = methods } }));
        File.Move(file, settings, overwrite: true);
        Count(isBad ? "bad settings" : "settings");
    }

    private void Count(string what) => _counts.AddOrUpdate(what, 1, static (_, count) => count + 1);
}

using System.Globalization;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Commands;

/// <summary>Every process that can be reached.</summary>
internal static class ProcessList
{
    /// <summary>How long one that does not answer holds up the list.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>Why a process is none that a user would look for here.</summary>
    private static readonly string[] _others =
        ["no-such-process", "not-dotnet", "not-woven", "not-loaded", "runtime-too-old", "other-user", "port-refused"];

    public static int Show(Invocation invocation)
    {
        var found = Look(invocation.Terminal.TempFolder);
        var reached = found.Where(process => process.Greeting is not null).ToArray();
        var others = found.Where(process => process.Failure is { } failure && !_others.Contains(failure.Code)).ToArray();
        if (invocation.Json is { } json)
        {
            json.BeginList("processes");
            foreach (var process in reached)
            {
                json.AddItem(process.ToJson());
            }

            json.EndList();
            json.BeginList("notReached");
            foreach (var process in others)
            {
                json.AddItem(process.ToJson());
            }

            json.EndList();
            json.End();
        }
        else
        {
            Write(invocation.Terminal, reached, others);
        }

        return reached.Length == 0 ? ExitCode.NothingMatched : ExitCode.Done;
    }

    private static void Write(Terminal terminal, Found[] reached, Found[] others)
    {
        var table = new Table(terminal,
            new("PID", IsNumber: true), new("NAME", Cut.End), new("CALLS", IsNumber: true), new("PAUSED"), new("SINCE"), new("SITTERS"));
        var now = DateTimeOffset.Now;
        foreach (var process in reached)
        {
            var greeting = process.Greeting!;
            table.Add(new Row(
                [
                    process.Pid.ToString(CultureInfo.InvariantCulture),
                    Fit.Harmless(greeting.Name),
                    Texts.Number(greeting.Calls),
                    process.IsPaused ? "yes" : "no",
                    greeting.Started is { } started ? Texts.Time(started, now) : CallRow.Nothing,
                    Fit.Harmless(greeting.Version ?? CallRow.Nothing),
                ],
                [Colour.None, Colour.None, Colour.None, process.IsPaused ? Colour.Yellow : Colour.None]));
        }

        table.Flush();
        if (reached.Length == 0)
        {
            terminal.Error.WriteLine("No process with sat calls is reached.");
        }

        if (others.Length > 0)
        {
            terminal.Output.Flush();
            var names = others.Select(process => $"{Texts.Number(process.Pid)} ({Fit.Harmless(process.Name)})");
            terminal.Error.WriteLine($"Not reached: {string.Join(", ", names)}. `sitters ps PID` says why.");
        }
    }

    private static Found[] Look(string tempFolder) =>
        // A thread for each, since they wait and the pool would begin with a few of them.
        [.. Targets.All(tempFolder).Select(pid => Begin(() => Look(pid, tempFolder))).ToArray().Select(task => task.Result)];

    private static Task<Found> Begin(Func<Found> look) =>
        Task.Factory.StartNew(look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Found Look(int pid, string tempFolder)
    {
        try
        {
            using var connection = Reach.Open(pid, tempFolder, _patience, isNamed: false);
            var calls = connection.Ask(new Request("ps") { Limit = 1 });
            return new Found(pid, connection.Greeting, calls.IsPaused, null);
        }
        catch (ToolException failure)
        {
            return new Found(pid, null, false, failure);
        }
    }

    private sealed record Found(int Pid, Greeting? Greeting, bool IsPaused, ToolException? Failure)
    {
        public string Name => Greeting?.Name ?? Targets.NameOf(Pid) ?? "?";

        public string ToJson()
        {
            var json = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "" };
            var report = new JsonReport(json, isOneLine: true);
            report.Add("pid", Pid);
            report.Add("name", Name);
            if (Failure is not null)
            {
                report.Add("code", Failure.Code);
                report.Add("message", Failure.Message);
            }
            else
            {
                report.Add("calls", Greeting!.Calls);
                report.Add("paused", IsPaused);
                report.Add("started", Greeting.Started?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
                report.Add("version", Greeting.Version);
                report.Add("runtime", Greeting.Runtime);
            }

            report.End();
            return json.ToString();
        }
    }
}

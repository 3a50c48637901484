using System.CommandLine;
using System.Globalization;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Commands;

/// <summary>One run of a command: its command line, and where its answer goes.</summary>
internal sealed class Invocation(ParseResult line, Terminal terminal)
{
    public Terminal Terminal => terminal;

    public ParseResult Line => line;

    /// <summary>The answer as JSON; null where it is for people.</summary>
    public JsonReport? Json { get; } = line.GetValue(CommonOptions.Format) == Format.Json ? new JsonReport(terminal.Output) : null;

    public bool HasPid => line.GetValue(CommonOptions.OptionalPid) is not null;

    public bool IsJson => Json is not null;

    /// <summary>Connects to the process that the command line names, and begins the JSON with it.</summary>
    public Reached Connect()
    {
        var connection = Reach();
        Json?.Add("pid", connection.Greeting.Pid);
        Json?.Add("name", connection.Greeting.Name);
        return connection;
    }

    /// <summary>Connects to the process that the command line names.</summary>
    public Reached Reach()
    {
        var name = line.GetValue(CommonOptions.Pid) ?? line.GetValue(CommonOptions.OptionalPid)!;
        return Reaching.Reach.Open(Targets.Resolve(name, terminal.TempFolder), terminal.TempFolder, Reaching.Reach.Patience);
    }

    /// <summary>How people are told which process it was.</summary>
    public static string Name(Greeting greeting) =>
        $"{Fit.Harmless(greeting.Name)} ({greeting.Pid.ToString(CultureInfo.InvariantCulture)})";
}

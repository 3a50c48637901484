using System.CommandLine;
using System.Text.Json;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Commands;

/// <summary>sitters log: what was done to the calls of a process.</summary>
internal static class LogCommand
{
    public static Command Create() => new("log", "Show what was done to the calls, by whom and why, since somebody first looked")
    {
        CommonOptions.Pid,
    };

    public static int Run(Invocation invocation)
    {
        using var connection = invocation.Connect();
        var table = new Table(invocation.Terminal,
            new("AT"), new("VERB"), new("CALLS", IsNumber: true), new("METHODS", Cut.Beginning), new("BY", Cut.End), new("SOURCE"),
            new("REASON", Cut.End));
        return ItemList.Show(invocation, connection, new Request("log"), "control", "events",
            control => table.Add(RowOf(control)), table.Flush);
    }

    private static Row RowOf(JsonElement control) => new(
        [
            control.Time("at") is { } at ? Texts.Time(at, DateTimeOffset.Now) : CallRow.Nothing,
            Cell(control, "verb"),
            Texts.Number(control.Number("calls") ?? 0),
            Cell(control, "methods"),
            Cell(control, "identity"),
            Cell(control, "source"),
            Cell(control, "reason"),
        ],
        []);

    private static string Cell(JsonElement control, string name) =>
        control.Text(name) is { Length: > 0 } text ? Fit.Harmless(text) : CallRow.Nothing;
}

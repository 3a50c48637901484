using System.Text.Json;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Watching;

/// <summary>The calls of a process at one moment, the oldest first, and what was done to them last.</summary>
/// <param name="Calls">No more than <see cref="MostCalls"/>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="IsPaused">Whether all are paused.</param>
/// <param name="LastEvent">What was done last.</param>
/// <param name="PausedBy">Who has paused, and why, where it is paused.</param>
internal sealed record Snapshot(IReadOnlyList<CallRow> Calls, double Count, bool IsPaused, string LastEvent, string PausedBy)
{
    /// <summary>More than this nobody looks through by arrow keys, and a process may have a hundred thousand.</summary>
    public const int MostCalls = 1000;

    public static Snapshot Empty { get; } = new([], 0, false, "", "");

    public static Snapshot Take(Reached connection, Selectors selectors)
    {
        var oldest = new PriorityQueue<CallRow, double>();
        var last = connection.Ask(new Request("ps") { Selectors = selectors }, item =>
        {
            if (item.Member("call") is { } call)
            {
                Keep(oldest, CallRow.Of(call));
            }
        });
        var (lastEvent, pausedBy) = ("", "");
        connection.Ask(new Request("log"), item =>
        {
            if (item.Member("control") is not { } control)
            {
                return;
            }

            lastEvent = TextOf(control);
            if (string.Equals(control.Text("verb"), "pause", StringComparison.OrdinalIgnoreCase))
            {
                pausedBy = Order.Text(control);
            }
        });
        return new Snapshot(Sorted(oldest), last.Calls, last.IsPaused, lastEvent, pausedBy);
    }

    private static void Keep(PriorityQueue<CallRow, double> oldest, CallRow row)
    {
        if (oldest.Count < MostCalls)
        {
            oldest.Enqueue(row, row.Age);
        }
        else
        {
            oldest.EnqueueDequeue(row, row.Age);
        }
    }

    private static List<CallRow> Sorted(PriorityQueue<CallRow, double> oldest)
    {
        var rows = new List<CallRow>(oldest.Count);
        while (oldest.TryDequeue(out var row, out _))
        {
            rows.Add(row);
        }

        rows.Reverse();
        return rows;
    }

    private static string TextOf(JsonElement control)
    {
        var at = control.Time("at") is { } time ? Texts.Time(time, DateTimeOffset.Now) + " " : "";
        var methods = control.Text("methods") is { Length: > 0 } pattern ? $" of {Fit.Harmless(pattern)}" : "";
        var verb = Fit.Harmless(control.Text("verb") ?? "?").ToLowerInvariant();
        return $"{at}{verb} {Texts.Calls(control.Number("calls") ?? 0)}{methods} {Order.Text(control)}".TrimEnd();
    }
}

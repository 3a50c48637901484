using Sitters.Tool.Commands;
using Sitters.Tool.Reaching;
using Sitters.Tool.Showing;

namespace Sitters.Tool.Watching;

/// <summary>Draws the state as the lines of a screen.</summary>
internal sealed class WatchView(Greeting greeting, char ellipsis, bool hasColours)
{
    private const string Keys = "space mark  p pause  r resume  t restart  c cancel  / filter  q quit";

    /// <summary>Lines that are not calls: the process, the columns, the last event, the keys.</summary>
    private const int OtherLines = 4;

    private int _first;

    /// <summary>How many calls a screen of that height shows.</summary>
    public static int Page(int height) => Math.Max(1, height - OtherLines);

    public IReadOnlyList<string> Draw(WatchState state, int width, int height)
    {
        var page = Page(height);
        _first = Math.Clamp(_first, Math.Max(0, state.Cursor - page + 1), state.Cursor);
        var lines = new List<string> { Header(state, width).ToString() };
        var rows = Rows(state, width);
        lines.Add(rows.Length > 0
            ? Colour.Bold.Paint(rows[0], hasColours)
            : NewLine(width).Add("No sat call is under way.", Colour.Dim).ToString());
        for (var index = _first; index < Math.Min(_first + page, state.Snapshot.Calls.Count); index++)
        {
            lines.Add(Paint(rows[index + 1], state.Snapshot.Calls[index], index == state.Cursor, width));
        }

        while (lines.Count < height - 2)
        {
            lines.Add("");
        }

        lines.Add(NewLine(width).Add(state.Snapshot.LastEvent is { Length: > 0 } last ? $"Last: {last}" : "", Colour.Dim).ToString());
        lines.Add(Footer(state, width).ToString());
        return lines.Count > height ? [.. lines.Take(height)] : lines;
    }

    private Line NewLine(int width) => new(width, hasColours);

    private Line Header(WatchState state, int width)
    {
        var snapshot = state.Snapshot;
        var line = NewLine(width).Add(Invocation.Name(greeting), Colour.Bold).Add($"  {Texts.Calls(snapshot.Count)}");
        if (snapshot.Count > snapshot.Calls.Count)
        {
            line.Add($", the oldest {Texts.Count(snapshot.Calls.Count)} shown");
        }

        if (state.Filter.Length > 0)
        {
            line.Add($"  /{Fit.Harmless(state.Filter)}", Colour.Cyan);
        }

        if (state.Marked.Count > 0)
        {
            line.Add($"  {Texts.Count(state.Marked.Count)} marked", Colour.Cyan);
        }

        return snapshot.IsPaused ? line.Add($"  paused {snapshot.PausedBy}".TrimEnd(), Colour.Yellow) : line;
    }

    private Line Footer(WatchState state, int width)
    {
        var line = NewLine(width);
        return state.Mode != WatchMode.Browsing ? line.Add(Fit.End(Fit.Harmless(state.Question), width, ellipsis), Colour.Reversed)
            : state.Message.Length > 0 ? line.Add(Fit.Start(Fit.Harmless(state.Message), width, ellipsis), Colour.Reversed)
            : line.Add(Keys, Colour.Dim);
    }

    /// <summary>The header and all rows: their columns keep their widths while one moves through them.</summary>
    private string[] Rows(WatchState state, int width)
    {
        var output = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal { Output = output, Error = TextWriter.Null, Width = width, Ellipsis = ellipsis };
        var table = new CallTable(terminal, hasMarks: true);
        foreach (var call in state.Snapshot.Calls)
        {
            table.Add(call, state.Marked.Contains(call.Id));
        }

        table.Flush();
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string Paint(string row, CallRow call, bool isCurrent, int width) => isCurrent
        ? Colour.Reversed.Paint(row.PadRight(width), hasColours)
        : Colours.OfState(call.State).Paint(row, hasColours);
}

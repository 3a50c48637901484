using System.Text.Json;
using Sitters.Tool.Reaching;

namespace Sitters.Tool.Showing;

/// <summary>Calls, and under each of them the methods that it is in: where they wait, for what, and for how long.</summary>
internal sealed class CallTree(Terminal terminal)
{
    private const string More = "├─ ";
    private const string Last = "└─ ";
    private const string Beside = "│  ";
    private const string Below = "   ";

    public void Add(JsonElement call)
    {
        var row = CallRow.Of(call);
        var attempt = row.Attempt > 1 ? $"  attempt {Texts.Number(row.Attempt)}" : "";
        var within = call.Text("parent") is { } parent ? $"  in {CallRow.Shorten(parent)}" : "";
        Write($"{row.ShortId}  ", row.Method, Colour.Bold, "", $"  {row.State}  {Texts.Age(row.Age)}{attempt}{within}");
        if (call.Member("control") is { ValueKind: JsonValueKind.Object } control && Order.Text(control) is { Length: > 0 } order)
        {
            WriteNote(order, Colour.Yellow);
        }

        var waits = new List<(int Depth, JsonElement Wait)>();
        Flatten(call.Items("waits"), 0, waits);
        Add(waits);
        if (call.Number("more") is { } more and > 0)
        {
            WriteNote($"and {Texts.Count(more)} more", Colour.Dim);
        }
    }

    /// <summary>The methods in the order of their lines. A process tells them one in another, or in a row with the depth of each.</summary>
    private static void Flatten(IEnumerable<JsonElement> waits, int depth, List<(int Depth, JsonElement Wait)> flat)
    {
        foreach (var wait in waits)
        {
            flat.Add(((int)(wait.Number("depth") ?? depth), wait));
            Flatten(wait.Items("children"), depth + 1, flat);
        }
    }

    private void Add(List<(int Depth, JsonElement Wait)> waits)
    {
        // From the end: whether another line at that depth comes below, before one that is less deep.
        var isLast = new bool[waits.Count];
        var hasNext = new List<bool>();
        for (var index = waits.Count - 1; index >= 0; index--)
        {
            var depth = waits[index].Depth;
            while (hasNext.Count <= depth)
            {
                hasNext.Add(false);
            }

            hasNext.RemoveRange(depth + 1, hasNext.Count - depth - 1);
            isLast[index] = !hasNext[depth];
            hasNext[depth] = true;
        }

        var indents = new List<string>();
        for (var index = 0; index < waits.Count; index++)
        {
            var depth = waits[index].Depth;
            while (indents.Count <= depth)
            {
                indents.Add(Below);
            }

            indents[depth] = isLast[index] ? Below : Beside;
            Add(waits[index].Wait, string.Concat(indents.Take(depth)), isLast[index]);
        }
    }

    private void Add(JsonElement wait, string indent, bool isLast)
    {
        var nested = wait.Text("call") is { } call ? $"{CallRow.Shorten(call)}  " : "";
        var place = CallRow.Place(wait);
        var time = wait.Number("for") is { } seconds ? $"  {Texts.Age(seconds)}" : "";
        var where = place != CallRow.Nothing ? $"  {place}" : time.Length == 0 ? "  runs" : "";
        var colour = nested.Length > 0 ? Colour.Bold : Colour.None;
        Write($"{indent}{(isLast ? Last : More)}{nested}", Fit.Harmless(wait.Text("method") ?? "?"), colour, where, time);
    }

    private void WriteNote(string text, Colour colour) =>
        terminal.Output.WriteLine(new Line(terminal.Width, terminal.HasColours).Add(Below).Add(text, colour));

    /// <summary>Writes a line. Where it is too long, the name's beginning is left out, then the place's end, and never the time.</summary>
    private void Write(string before, string name, Colour colour, string where, string time)
    {
        var line = new Line(terminal.Width, terminal.HasColours);
        if (terminal.Width != Terminal.Uncut)
        {
            before = Fit.End(before, terminal.Width / 2, terminal.Ellipsis);
            var room = Math.Max(0, terminal.Width - before.Length - time.Length);
            name = Fit.End(name, Math.Max(room - where.Length, room / 2), terminal.Ellipsis);
            where = Fit.Start(where, room - name.Length, terminal.Ellipsis);
        }

        terminal.Output.WriteLine(line.Add(before).Add(name, colour).Add(where).Add(time, Colour.Dim));
    }
}

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
        var within = call.Text("parent") is { } parent ? $"  in {Fit.Harmless(parent[..Math.Min(parent.Length, CallRow.ShortIdLength)])}" : "";
        Write($"{row.ShortId}  ", row.Method, Colour.Bold, "", $"  {row.State}  {Texts.Age(row.Age)}{attempt}{within}");
        if (call.Member("control") is { ValueKind: JsonValueKind.Object } control && Order.Text(control) is { Length: > 0 } order)
        {
            terminal.Output.WriteLine(new Line(terminal.Width, terminal.HasColours).Add(Below).Add(order, Colour.Yellow));
        }

        AddWaits(call.Items("waits"), "");
    }

    private void AddWaits(IEnumerable<JsonElement> waits, string indent)
    {
        using var wait = waits.GetEnumerator();
        var isThere = wait.MoveNext();
        while (isThere)
        {
            var current = wait.Current;
            isThere = wait.MoveNext();
            Add(current, indent, isLast: !isThere);
        }
    }

    private void Add(JsonElement wait, string indent, bool isLast)
    {
        var nested = wait.Text("call") is { } call ? $"{Fit.Harmless(call[..Math.Min(call.Length, CallRow.ShortIdLength)])}  " : "";
        var place = CallRow.Place(wait);
        var time = wait.Number("for") is { } seconds ? $"  {Texts.Age(seconds)}" : "";
        var where = place == CallRow.Nothing ? "  runs" : $"  {place}";
        Write($"{indent}{(isLast ? Last : More)}{nested}", Fit.Harmless(wait.Text("method") ?? "?"), nested.Length > 0 ? Colour.Bold : Colour.None, where, time);
        AddWaits(wait.Items("children"), indent + (isLast ? Below : Beside));
    }

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

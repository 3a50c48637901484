using System.Text.Json;

namespace Sitters.Tool.Showing;

/// <summary>The calls of a process, the oldest first.</summary>
internal sealed class CallTable(Terminal terminal, bool hasMarks = false)
{
    private readonly Table _table = new(terminal,
        [.. hasMarks ? [new Column(" ")] : Array.Empty<Column>(),
            new("ID"), new("METHOD", Cut.Beginning), new("STATE"), new("TRY", IsNumber: true), new("AGE", IsNumber: true),
            new("WAITS AT", Cut.End)]);

    public void Add(JsonElement call) => Add(CallRow.Of(call), isMarked: false);

    public void Add(CallRow row, bool isMarked)
    {
        string[] cells = [row.ShortId, row.Method, row.State, Texts.Number(row.Attempt), Texts.Age(row.Age), row.Waits];
        _table.Add(hasMarks
            ? new Row([isMarked ? "*" : " ", .. cells], [])
            : new Row(cells, [Colour.Dim, Colour.None, Colours.OfState(row.State)], row.Age));
    }

    public void Flush() => _table.Flush();
}

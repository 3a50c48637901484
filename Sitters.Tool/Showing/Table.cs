namespace Sitters.Tool.Showing;

/// <summary>Which part of a text is left out where it is too long.</summary>
internal enum Cut
{
    Never,
    Beginning,
    End,
}

internal sealed record Column(string Header, Cut Cut = Cut.Never, bool IsNumber = false);

/// <param name="Cells">One for each column.</param>
/// <param name="Colours">The colours of the first cells; none where there are no more.</param>
/// <param name="Order">Rows with a higher one come first, among those that are held.</param>
internal sealed record Row(string[] Cells, Colour[] Colours, double Order = 0);

/// <summary>Rows in columns that fit the terminal's width: never wrapped, and whole where nobody but a program reads them.</summary>
/// <remarks>
/// It learns the widths from the first rows, and holds no more than these: whatever comes later is written as it comes.
/// </remarks>
internal sealed class Table(Terminal terminal, params Column[] columns)
{
    /// <summary>How many rows are looked at before the first is written.</summary>
    public const int Held = 1000;

    private const int Gap = 2;
    private const int LeastCut = 10;

    private readonly List<Row> _held = [];
    private int[]? _widths;

    public void Add(Row row)
    {
        if (_widths is not null)
        {
            Write(row);
            return;
        }

        _held.Add(row);
        if (_held.Count == Held)
        {
            Flush();
        }
    }

    /// <summary>Writes what is held; the header too, if there was any row.</summary>
    public void Flush()
    {
        if (_widths is not null || _held.Count == 0)
        {
            return;
        }

        _widths = Widths();
        Write(new Row([.. columns.Select(column => column.Header)], [.. columns.Select(_ => Colour.Bold)]));
        foreach (var row in _held.OrderByDescending(row => row.Order))
        {
            Write(row);
        }

        _held.Clear();
    }

    private int[] Widths()
    {
        var widths = columns.Select((column, index) => _held.Max(row => Math.Max(row.Cells[index].Length, column.Header.Length))).ToArray();
        if (terminal.Width == Terminal.Uncut)
        {
            return widths;
        }

        // What is too much is taken from the widest again and again, so that two long columns end at about the same width.
        var tooMuch = widths.Sum() + (Gap * (columns.Length - 1)) - terminal.Width;
        while (tooMuch > 0 && Widest(widths) is { } widest)
        {
            widths[widest]--;
            tooMuch--;
        }

        return widths;
    }

    private int? Widest(int[] widths)
    {
        int? widest = null;
        for (var index = 0; index < columns.Length; index++)
        {
            if (columns[index].Cut != Cut.Never && widths[index] > LeastCut && (widest is null || widths[index] > widths[widest.Value]))
            {
                widest = index;
            }
        }

        return widest;
    }

    private void Write(Row row)
    {
        var line = new Line(terminal.Width, terminal.HasColours);
        for (var index = 0; index < columns.Length; index++)
        {
            var text = Shorten(row.Cells[index], index);
            var padding = Math.Max(0, _widths![index] - text.Length);
            var isNumber = columns[index].IsNumber;
            line.AddSpace(index == 0 ? 0 : Gap).AddSpace(isNumber ? padding : 0);
            line.Add(text, index < row.Colours.Length ? row.Colours[index] : Colour.None);
            line.AddSpace(isNumber || index == columns.Length - 1 ? 0 : padding);
        }

        terminal.Output.WriteLine(line);
    }

    private string Shorten(string text, int index) => terminal.Width == Terminal.Uncut ? text : columns[index].Cut switch
    {
        Cut.Beginning => Fit.End(text, _widths![index], terminal.Ellipsis),
        Cut.End => Fit.Start(text, _widths![index], terminal.Ellipsis),
        _ => text,
    };
}

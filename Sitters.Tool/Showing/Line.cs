using System.Text;

namespace Sitters.Tool.Showing;

/// <summary>One line for a terminal, of pieces in colours. It never becomes longer than the terminal is wide.</summary>
internal sealed class Line(int width, bool hasColours)
{
    private readonly StringBuilder _text = new();
    private int _length;

    public int Room => width - _length;

    public Line Add(string text, Colour colour = Colour.None)
    {
        var fitting = text.Length <= Room ? text : text[..Math.Max(0, Room)];
        _text.Append(colour.Paint(fitting, hasColours));
        _length += fitting.Length;
        return this;
    }

    public Line AddSpace(int count)
    {
        var fitting = Math.Clamp(count, 0, Math.Max(0, Room));
        _text.Append(' ', fitting);
        _length += fitting;
        return this;
    }

    public override string ToString() => _text.ToString();
}

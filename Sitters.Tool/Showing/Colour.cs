namespace Sitters.Tool.Showing;

/// <summary>The colours of a terminal's own palette.</summary>
internal enum Colour
{
    None = 0,
    Bold = 1,
    Dim = 2,
    Reversed = 7,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
}

/// <summary>Colours by what they stand for.</summary>
internal static class Colours
{
    /// <summary>Paints text, where colours are wanted at all.</summary>
    public static string Paint(this Colour colour, string text, bool hasColours) =>
        hasColours && colour != Colour.None && text.Length > 0 ? $"\e[{(int)colour}m{text}\e[0m" : text;

    public static Colour OfState(string state) => state switch
    {
        "Running" => Colour.Green,
        "Paused" or "Pausing" or "Pending" => Colour.Yellow,
        "Restarting" => Colour.Cyan,
        "Failed" or "TimedOut" or "Cancelled" => Colour.Red,
        _ => Colour.None,
    };
}

using System.Globalization;
using System.Text;

namespace Sitters.Tool.Showing;

/// <summary>Makes text fit into a line.</summary>
internal static class Fit
{
    /// <summary>Cuts off the beginning: of a method's full name, the end says the most.</summary>
    public static string End(string text, int width, char ellipsis) =>
        text.Length <= width ? text : width <= 0 ? "" : ellipsis + text[^(width - 1)..];

    public static string Start(string text, int width, char ellipsis) =>
        text.Length <= width ? text : width <= 0 ? "" : text[..(width - 1)] + ellipsis;

    /// <summary>
    /// The same with nothing that a terminal would obey: reasons and names come from another process, and a line stays one line.
    /// </summary>
    public static string Harmless(string text)
    {
        foreach (var character in text)
        {
            if (IsHarmful(character))
            {
                return Replace(text);
            }
        }

        return text;
    }

    private static string Replace(string text)
    {
        var harmless = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            harmless.Append(character is '\n' or '\r' or '\t' ? ' ' : IsHarmful(character) ? '?' : character);
        }

        return harmless.ToString();
    }

    private static bool IsHarmful(char character) => character < ' ' || (character > '~' && char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

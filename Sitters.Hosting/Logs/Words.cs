using System.Text;

namespace Sitters.Hosting.Logs;

/// <summary>How things are written in a log.</summary>
internal static class Words
{
    /// <summary>Distinguishes a call from the others of the process, and is what the tool and the page show.</summary>
    public static string ShortId(SitContext call) => call.Id.ToString("N")[..8];

    /// <summary>What a person or a program from outside has written: on one line, so that it can't pass for lines of the log.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="nothing">What is written in its place, if it is nothing.</param>
    public static string OneLine(string? text, string nothing = "")
    {
        if (string.IsNullOrEmpty(text))
        {
            return nothing;
        }

        if (!text.Any(Breaks))
        {
            return text;
        }

        var line = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                _ when Breaks(character) => line.Append("\\u").Append(((int)character).ToString("x4", null)),
                _ => line.Append(character),
            };
        }

        return line.ToString();
    }

    /// <summary>Control characters, which a terminal obeys too, and what else begins a line in Unicode.</summary>
    private static bool Breaks(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}

using System.Text;
using System.Text.RegularExpressions;

namespace Sitters.Fody.Diagnostics;

/// <summary>The files that a section of .editorconfig is for: its name is read as the compiler reads it.</summary>
internal sealed class SectionGlob
{
    private static readonly Regex _part = new(
        @"\*\*|\{(?<from>-?[0-9]+)\.\.(?<to>-?[0-9]+)\}|\[(?<not>!?)(?<set>(\\.|[^\]\\])+)\]|\\.|.",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private readonly Regex? _pattern;
    private readonly List<(int First, int Last)> _ranges = [];

    /// <param name="name">What stands between the brackets. A name that makes no sense, as with a brace too many, is for no file.</param>
    public SectionGlob(string name)
    {
        try
        {
            _pattern = Read(name) is { } pattern ? new Regex(pattern, RegexOptions.CultureInvariant) : null;
        }
        catch (ArgumentException)
        {
            // Characters from the last to the first.
        }
    }

    /// <param name="path">The path of a file from the folder of the .editorconfig on, which begins with a slash.</param>
    public bool IsMatch(string path) =>
        _pattern?.Match(path) is { Success: true } match
        && _ranges.Select((range, index) => (range.First, range.Last, match.Groups[index + 1].Value))
            .All(range => int.TryParse(range.Value, out var number) && number >= range.First && number <= range.Last);

    private string? Read(string name)
    {
        // A name without a slash means files in every folder below.
        var pattern = new StringBuilder("^").Append(!name.Contains('/') ? ".*/" : name[0] == '/' ? "" : "/");
        var depth = 0;
        foreach (Match part in _part.Matches(name))
        {
            switch (part.Value)
            {
                case "**":
                    pattern.Append(".*");
                    break;
                case "*":
                    pattern.Append("[^/]*");
                    break;
                case "?":
                    pattern.Append('.');
                    break;
                case "{":
                    depth++;
                    pattern.Append("(?:");
                    break;
                case "," when depth > 0:
                    pattern.Append('|');
                    break;
                case "}" when depth > 0:
                    depth--;
                    pattern.Append(')');
                    break;
                case "," or "}" or "[" or "\\":
                    return null;
                default:
                    if (ReadGroup(part) is not { } group)
                    {
                        return null;
                    }

                    pattern.Append(group);
                    break;
            }
        }

        return depth == 0 ? pattern.Append('$').ToString() : null;
    }

    /// <summary>Numbers from one to another, some characters, or one.</summary>
    private string? ReadGroup(Match part)
    {
        if (part.Groups["from"].Success)
        {
            if (!int.TryParse(part.Groups["from"].Value, out var from) || !int.TryParse(part.Groups["to"].Value, out var to))
            {
                return null;
            }

            _ranges.Add((Math.Min(from, to), Math.Max(from, to)));
            return "(-?[0-9]+)";
        }

        return part.Groups["set"] is { Success: true } set
            ? $"[{(part.Groups["not"].Length > 0 ? "^" : "")}{Regex.Replace(set.Value, @"\\.|[^-]", character => Exact(character.Value))}]"
            : Exact(part.Value);
    }

    /// <summary>The character, without a backslash in front of it.</summary>
    private static string Exact(string character) => $@"\u{(int)character[character.Length - 1]:x4}";
}

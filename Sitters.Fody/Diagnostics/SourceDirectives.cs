using System.Text.RegularExpressions;

namespace Sitters.Fody.Diagnostics;

/// <summary>
/// Whether the source switches a warning off at a line: <c>#pragma warning disable</c>, in Visual Basic <c>#Disable Warning</c>.
/// </summary>
internal sealed class SourceDirectives
{
    private static readonly Regex _directive = new(
        @"^\s*#\s*(?:pragma\s+warning\s+(?<verb>disable|restore)|(?<verb>disable|enable)\s+warning)\b(?<ids>[^/'\r\n]*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly char[] _separators = [' ', '\t', ',', '"'];

    private readonly Dictionary<string, IReadOnlyList<(int Line, bool Disables, string[] Ids)>> _files = [];

    public bool Disable(Rule rule, string file, int line)
    {
        if (!_files.TryGetValue(file, out var directives))
        {
            _files.Add(file, directives = Read(file));
        }

        return directives
            .Where(directive => directive.Line < line)
            .LastOrDefault(directive =>
                directive.Ids.Length == 0 || directive.Ids.Contains(rule.Id, StringComparer.OrdinalIgnoreCase))
            .Disables;
    }

    private static List<(int Line, bool Disables, string[] Ids)> Read(string file)
    {
        var directives = new List<(int, bool, string[])>();
        var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        for (var index = 0; index < lines.Length; index++)
        {
            if (_directive.Match(lines[index]) is { Success: true } match)
            {
                directives.Add((
                    index + 1,
                    match.Groups["verb"].Value.Equals("disable", StringComparison.OrdinalIgnoreCase),
                    match.Groups["ids"].Value.Split(_separators, StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        return directives;
    }
}

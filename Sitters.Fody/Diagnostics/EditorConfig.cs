using System.Text.RegularExpressions;

namespace Sitters.Fody.Diagnostics;

/// <summary>The severities that .editorconfig and .globalconfig files set, as <c>dotnet_diagnostic.SIT005.severity = none</c>.</summary>
internal sealed class EditorConfig
{
    private static readonly Regex _severity =
        new(@"^dotnet_diagnostic\.(?<id>\w+)\.severity\s*[=:]\s*(?<severity>\w+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly IReadOnlyList<ConfigFile> _files;

    private EditorConfig(IReadOnlyList<ConfigFile> files) => _files = files;

    /// <summary>A file that is nearer to the source counts more, so the farthest comes first.</summary>
    public static EditorConfig Read(IEnumerable<string> files) =>
        new([.. files.Where(File.Exists).Select(Read).OrderByDescending(file => file.IsGlobal).ThenBy(file => file.Folder.Length)]);

    /// <summary>The severity in lower case; null where none is set. What has no source file meets global files alone.</summary>
    public string? Severity(Rule rule, string? sourceFile)
    {
        string? severity = null;
        var path = sourceFile?.Replace('\\', '/');
        foreach (var file in _files.Where(file =>
            file.IsGlobal || path?.StartsWith(file.Folder, StringComparison.OrdinalIgnoreCase) == true))
        {
            // A root hides what the folders above it say.
            severity = file.IsRoot ? null : severity;
            foreach (var entry in file.Entries.Where(entry => entry.Id == rule.Id && (file.IsGlobal || entry.Matches(path!))))
            {
                severity = entry.Severity;
            }
        }

        return severity;
    }

    private static ConfigFile Read(string path)
    {
        var full = Path.GetFullPath(path).Replace('\\', '/');
        var folder = full.Substring(0, full.LastIndexOf('/') + 1);
        var entries = new List<Entry>();
        var isGlobal = Path.GetFileName(full).StartsWith(".globalconfig", StringComparison.OrdinalIgnoreCase);
        var isRoot = false;
        Func<string, bool>? section = null;
        foreach (var line in File.ReadAllLines(path).Select(line => line.Trim()))
        {
            if (line.StartsWith("[", StringComparison.Ordinal) && line.EndsWith("]", StringComparison.Ordinal))
            {
                section = Section(folder, line.Substring(1, line.Length - 2));
            }
            else if (_severity.Match(line) is { Success: true } match)
            {
                entries.Add(new Entry(
                    section ?? (static _ => true),
                    match.Groups["id"].Value.ToUpperInvariant(),
                    match.Groups["severity"].Value.ToLowerInvariant()));
            }
            else if (section is null)
            {
                isGlobal |= IsSet(line, "is_global");
                isRoot |= IsSet(line, "root");
            }
        }

        return new ConfigFile(folder, isGlobal, isRoot, entries);
    }

    private static bool IsSet(string line, string key) =>
        string.Equals(line.Replace(" ", "").Replace("\t", ""), key + "=true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells which files a section is for. As for the compiler, one with a bracket or brace too many is for none.</summary>
    private static Func<string, bool> Section(string folder, string glob)
    {
        try
        {
            return new Regex(Pattern(folder, glob), RegexOptions.CultureInvariant).IsMatch;
        }
        catch (ArgumentException)
        {
            return static _ => false;
        }
    }

    /// <summary>A name without a slash means files in every folder below.</summary>
    private static string Pattern(string folder, string glob)
    {
        var start = Regex.Escape(folder) + (glob.Contains('/') ? "" : "(?:.*/)?");
        var pattern = Regex.Escape(glob.TrimStart('/'))
            .Replace(@"\*\*", ".*")
            .Replace(@"\*", "[^/]*")
            .Replace(@"\?", "[^/]")
            .Replace(@"\{", "(?:")
            .Replace("}", ")")
            .Replace(",", "|")
            .Replace(@"\[!", "[^")
            .Replace(@"\[", "[");
        return $"^{start}{pattern}$";
    }

    private sealed record ConfigFile(string Folder, bool IsGlobal, bool IsRoot, IReadOnlyList<Entry> Entries);

    private sealed record Entry(Func<string, bool> Matches, string Id, string Severity);
}

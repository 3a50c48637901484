using System.Text.RegularExpressions;

namespace Sitters.Fody.Diagnostics;

/// <summary>The severities that .editorconfig and .globalconfig files set, as <c>dotnet_diagnostic.SIT005.severity = none</c>.</summary>
internal sealed class EditorConfig
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly Regex _section = new(@"^\[(?<name>(\\[#;]|[^#;])+)\]\s*([#;].*)?$", Options);

    private static readonly Regex _property = new(@"^(?<key>[\w.-]+)\s*[=:]\s*(?<value>.*?)\s*([#;].*)?$", Options);

    private static readonly Regex _severityKey = new(@"^dotnet_diagnostic\.(?<id>\w+)\.severity$", Options | RegexOptions.IgnoreCase);

    private readonly IReadOnlyList<ConfigFile> _files;

    private EditorConfig(IReadOnlyList<ConfigFile> files) => _files = files;

    /// <summary>A file that is nearer to the source counts more, so the farthest comes first.</summary>
    public static EditorConfig Read(IEnumerable<string> files) =>
        new([.. files.Where(File.Exists).Select(Read).OrderByDescending(file => file.IsGlobal).ThenBy(file => file.Folder.Length)]);

    /// <summary>The severity in lower case; null where none is set. What has no source file meets global files alone.</summary>
    public string? Severity(Rule rule, string? sourceFile)
    {
        var path = sourceFile?.Replace('\\', '/');
        string? global = null;
        string? severity = null;
        foreach (var file in _files)
        {
            if (file.IsGlobal)
            {
                global = file.Severity(rule, path) ?? global;
            }
            else if (path?.StartsWith(file.Folder, StringComparison.OrdinalIgnoreCase) == true)
            {
                // A root hides what the folders above it say.
                severity = file.Severity(rule, path) ?? (file.IsRoot ? null : severity);
            }
        }

        return severity ?? global;
    }

    private static ConfigFile Read(string path)
    {
        var full = Path.GetFullPath(path).Replace('\\', '/');
        var folder = full.Substring(0, full.LastIndexOf('/') + 1);
        var isGlobal = Path.GetFileName(full).StartsWith(".globalconfig", StringComparison.OrdinalIgnoreCase);
        var isRoot = false;
        var said = new List<(string? Section, string Id, string Severity)>();
        string? section = null;
        foreach (var line in File.ReadAllLines(path).Select(line => line.Trim()))
        {
            if (_section.Match(line) is { Success: true } header)
            {
                section = header.Groups["name"].Value;
            }
            else if (_property.Match(line) is { Success: true } property)
            {
                var (key, value) = (property.Groups["key"].Value, property.Groups["value"].Value.ToLowerInvariant());
                if (_severityKey.Match(key) is { Success: true } match)
                {
                    said.Add((section, match.Groups["id"].Value.ToUpperInvariant(), value));
                }
                else if (section is null && value == "true")
                {
                    isGlobal |= string.Equals(key, "is_global", StringComparison.OrdinalIgnoreCase);
                    isRoot |= string.Equals(key, "root", StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        return new ConfigFile(
            folder, isGlobal, isRoot, [.. said.Select(one => new Entry(FilesOf(one.Section, folder, isGlobal), one.Id, one.Severity))]);
    }

    /// <summary>
    /// In a global file a section is for the file whose path it says, and what stands before the sections for all; elsewhere for none.
    /// </summary>
    private static Func<string?, bool> FilesOf(string? section, string folder, bool isGlobal)
    {
        if (isGlobal)
        {
            return path => section is null || section == path;
        }

        if (section is null)
        {
            return static _ => false;
        }

        var glob = new SectionGlob(section);
        return path => path is not null && glob.IsMatch(path.Substring(folder.Length - 1));
    }

    private sealed record ConfigFile(string Folder, bool IsGlobal, bool IsRoot, IReadOnlyList<Entry> Entries)
    {
        public string? Severity(Rule rule, string? path) =>
            Entries.LastOrDefault(entry => entry.Id == rule.Id && entry.IsFor(path))?.Severity;
    }

    private sealed record Entry(Func<string?, bool> IsFor, string Id, string Severity);
}

namespace Sitters.Fody.Diagnostics;

/// <summary>What the project says of warnings. The package's build files write it beside the assembly; Fody passes nothing of it.</summary>
internal sealed class BuildOptions
{
    private static readonly char[] _separators = [';', ',', ' ', '\t', '\n'];

    private static readonly HashSet<string> _names =
    [
        "NoWarn", "WarningsAsErrors", "WarningsNotAsErrors", nameof(TreatWarningsAsErrors), nameof(RemovesSuppressions),
        nameof(AnalyzerTells), "PathMap", nameof(EditorConfig),
    ];

    private readonly Dictionary<string, string> _values;

    private BuildOptions(Dictionary<string, string> values)
    {
        _values = values;
        EditorConfig = EditorConfig.Read(List(nameof(EditorConfig), ';'));
    }

    /// <summary>Without a file nothing is known, and nothing is set.</summary>
    public static BuildOptions None { get; } = new([]);

    public bool TreatWarningsAsErrors => IsTrue(nameof(TreatWarningsAsErrors));

    /// <summary>Whether the build files alone had the compiler write SuppressMessage into the assembly.</summary>
    public bool RemovesSuppressions => IsTrue(nameof(RemovesSuppressions));

    /// <summary>Whether the compiler has run the analyzer, which tells of what it sees in the source.</summary>
    public bool AnalyzerTells => IsTrue(nameof(AnalyzerTells));

    public EditorConfig EditorConfig { get; }

    /// <summary>
    /// The file whose name in the symbols this is: builds of CI write other folders there (PathMap), and the source is where it was.
    /// </summary>
    public string SourceFile(string url)
    {
        foreach (var pair in List("PathMap", ',', ';').Select(pair => pair.Split('=')).Where(pair => pair.Length == 2))
        {
            // Compilers end both with a separator.
            var (folder, name) = (pair[0].TrimEnd('/', '\\'), pair[1].TrimEnd('/', '\\'));
            if (url.StartsWith(name + '/', StringComparison.Ordinal) || url.StartsWith(name + '\\', StringComparison.Ordinal))
            {
                return folder + url.Substring(name.Length);
            }
        }

        return url;
    }

    public bool IsNoWarn(Rule rule) => Names("NoWarn", rule);

    public bool IsWarningAsError(Rule rule) => Names("WarningsAsErrors", rule);

    public bool IsWarningNotAsError(Rule rule) => Names("WarningsNotAsErrors", rule);

    /// <summary>Reads lines of <c>Name=value</c>; a value that the project has written in several lines goes on in the next.</summary>
    public static BuildOptions Read(string file)
    {
        if (!File.Exists(file))
        {
            return None;
        }

        var values = new Dictionary<string, string>();
        var name = "";
        foreach (var line in File.ReadAllLines(file))
        {
            var parts = line.Split(['='], 2);
            if (parts.Length == 2 && _names.Contains(parts[0]))
            {
                name = parts[0];
                values[name] = parts[1];
            }
            else if (name.Length > 0)
            {
                values[name] += "\n" + line;
            }
        }

        return new BuildOptions(values);
    }

    private bool Names(string option, Rule rule) =>
        List(option, _separators).Any(id => string.Equals(id, rule.Id, StringComparison.OrdinalIgnoreCase));

    private bool IsTrue(string option) => List(option).Any(value => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> List(string option, params char[] separators) => _values.TryGetValue(option, out var value)
        ? value.Split(separators, StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim()).Where(part => part.Length > 0)
        : [];
}

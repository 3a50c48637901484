using System.Text.RegularExpressions;

namespace Tests.Weaving;

/// <summary>What the sources of the faulty subject say, in comments, that the weaver will tell there.</summary>
internal static partial class ExpectedMessages
{
    public static IEnumerable<string> Read() => Find().Select(found =>
        $"{found.Code} at {found.File}:{(found.HasLine ? found.Line : 0)}");

    /// <summary>The same, with the line also of what has none in the symbols.</summary>
    public static IEnumerable<string> ReadAll() => Find().Select(found => $"{found.Code} at {found.File}:{found.Line}");

    private static IEnumerable<(string Code, string File, int Line, bool HasLine)> Find()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("TestAssets", Subject.Faulty.Name), "*.cs"))
        {
            var lines = File.ReadAllLines(file);
            for (var index = 0; index < lines.Length; index++)
            {
                var comment = Comment().Match(lines[index]);
                foreach (var code in comment.Groups["code"].Captures.Select(capture => capture.Value))
                {
                    yield return (code, Path.GetFileName(file), index + 1, !comment.Groups["lineless"].Success);
                }
            }
        }
    }

    [GeneratedRegex(@"// (?<code>SIT\d{3})( (?<code>SIT\d{3}))*(?<lineless> without a line)?$")]
    private static partial Regex Comment();
}

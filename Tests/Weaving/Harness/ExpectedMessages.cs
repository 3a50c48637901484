using System.Text.RegularExpressions;

namespace Tests.Weaving;

/// <summary>What the sources of the faulty subject say, in comments, that the weaver will tell there.</summary>
internal static partial class ExpectedMessages
{
    public static IEnumerable<string> Read()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("TestAssets", Subject.Faulty.Name), "*.cs"))
        {
            var lines = File.ReadAllLines(file);
            for (var index = 0; index < lines.Length; index++)
            {
                var comment = Comment().Match(lines[index]);
                foreach (var code in comment.Groups["code"].Captures.Select(capture => capture.Value))
                {
                    yield return comment.Groups["placeless"].Success
                        ? $"{code} without a place"
                        : $"{code} at {Path.GetFileName(file)}:{index + 1}";
                }
            }
        }
    }

    [GeneratedRegex(@"// (?<code>SIT\d{3})( (?<code>SIT\d{3}))*(?<placeless> without a place)?$")]
    private static partial Regex Comment();
}

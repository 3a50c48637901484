namespace Sitters.Fody.Diagnostics;

/// <summary>A finding as the build tells of it.</summary>
internal static class FindingText
{
    /// <summary>The whole message: it ends with the address of the rule's page, before any details.</summary>
    public static string Message(this Finding finding, RulePages pages) =>
        $"{finding.Rule.Id}: {Sentence(finding, pages)}{(finding.Details.Length > 0 ? Environment.NewLine + finding.Details : "")}";

    /// <summary>The message as compilers tell of it, which MSBuild understands: with its place and its code.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="severity">What it counts as.</param>
    /// <param name="pages">Where rules are explained.</param>
    /// <param name="project">The project's file, which is the place of what has no other.</param>
    /// <param name="sourceFile">Gives the file whose name in the symbols is known.</param>
    public static string CanonicalLine(
        this Finding finding, Severity severity, RulePages pages, string project, Func<string, string> sourceFile)
    {
        var place = finding.Location is { } at
            ? $"{sourceFile(at.Document.Url)}({at.StartLine},{at.StartColumn},{at.EndLine},{at.EndColumn})"
            : project + " ";
        var counts = severity == Severity.Error ? "error" : "warning";
        return $"{place}: {counts} {finding.Rule.Id}: {Sentence(finding, pages)}".Replace('\r', ' ').Replace('\n', ' ');
    }

    private static string Sentence(Finding finding, RulePages pages) => finding.Text + pages.See(finding.Rule);
}

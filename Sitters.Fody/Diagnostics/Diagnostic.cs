namespace Sitters.Fody.Diagnostics;

/// <summary>A rule that is broken, where in the source, if the symbols tell, and at which member.</summary>
internal sealed record Diagnostic(Rule Rule, string Text, SequencePoint? Location, string Details = "", IMemberDefinition? Member = null)
{
    public bool IsError => Rule.Severity == Severity.Error;

    /// <summary>The whole message: it ends with the address of the rule's page, before any details.</summary>
    public string Message(RulePages pages) =>
        $"{Rule.Id}: {Sentence(pages)}{(Details.Length > 0 ? Environment.NewLine + Details : "")}";

    /// <summary>The message as compilers tell of it, which MSBuild understands: with its place and its code.</summary>
    /// <param name="severity">What it counts as.</param>
    /// <param name="pages">Where rules are explained.</param>
    /// <param name="project">The project's file, which is the place of what has no other.</param>
    /// <param name="sourceFile">Gives the file whose name in the symbols is known.</param>
    public string CanonicalLine(Severity severity, RulePages pages, string project, Func<string, string> sourceFile)
    {
        var place = Location is { } at
            ? $"{sourceFile(at.Document.Url)}({at.StartLine},{at.StartColumn},{at.EndLine},{at.EndColumn})"
            : project + " ";
        var counts = severity == Severity.Error ? "error" : "warning";
        return $"{place}: {counts} {Rule.Id}: {Sentence(pages)}".Replace('\r', ' ').Replace('\n', ' ');
    }

    private string Sentence(RulePages pages) => Text + pages.See(Rule);
}

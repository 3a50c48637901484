namespace Sitters.Fody.Diagnostics;

/// <summary>A rule that is broken, where in the source, if the symbols tell, and at which member.</summary>
internal sealed record Diagnostic(Rule Rule, string Text, SequencePoint? Location, string Details = "", IMemberDefinition? Member = null)
{
    public bool IsError => Rule.Severity == Severity.Error;

    /// <summary>The whole message: it ends with the address of the rule's page, before any details.</summary>
    public string Message(RulePages pages) =>
        $"{Rule.Id}: {Sentence(pages)}{(Details.Length > 0 ? Environment.NewLine + Details : "")}";

    /// <summary>The message in the form in which compilers tell of a warning, which MSBuild understands: with its place and its code.</summary>
    public string CanonicalLine(RulePages pages, string project)
    {
        var place = Location is { } at
            ? $"{at.Document.Url}({at.StartLine},{at.StartColumn},{at.EndLine},{at.EndColumn})"
            : project + " ";
        return $"{place}: warning {Rule.Id}: {Sentence(pages)}".Replace('\r', ' ').Replace('\n', ' ');
    }

    private string Sentence(RulePages pages) => Text + pages.See(Rule);
}

namespace Sitters.Fody.Diagnostics;

/// <summary>A rule that is broken, and where in the source, if the symbols tell.</summary>
internal sealed record Diagnostic(Rule Rule, string Text, SequencePoint? Location, string Details = "")
{
    public bool IsError => Rule.Severity == Severity.Error;

    /// <summary>The whole message: it ends with the address of the rule's page, before any details.</summary>
    public string Message(RulePages pages) =>
        $"{Rule.Id}: {Text}{pages.See(Rule)}{(Details.Length > 0 ? Environment.NewLine + Details : "")}";
}

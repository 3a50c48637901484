namespace Sitters.Fody.Diagnostics;

/// <summary>One rule that the weaver checks. Its page in docs/errors is named as its id, and begins with its title.</summary>
internal sealed record Rule(string Id, Severity Severity, string Title)
{
    /// <param name="text">What is wrong and what to do: a sentence, whose full stop may be missing.</param>
    /// <param name="location">Where it is, if the symbols tell.</param>
    /// <param name="details">Lines that follow the message.</param>
    public Diagnostic Broken(string text, SequencePoint? location, string details = "") => new(this, Sentence(text), location, details);

    private static string Sentence(string text) =>
        text.EndsWith(".", StringComparison.Ordinal) || text.EndsWith("?", StringComparison.Ordinal) ? text : text + ".";
}

namespace Sitters.Rules;

/// <summary>One rule that is checked. Its page in docs/errors is named as its id, and begins with its title.</summary>
internal sealed record Rule(string Id, Severity Severity, string Title)
{
    /// <summary>Whether the source shows it, and so the analyzer tells it; the compiled assembly or a file alone shows the others.</summary>
    public bool IsSeenInSource { get; init; } = true;

    /// <param name="text">What is wrong and what to do: a sentence, whose full stop may be missing.</param>
    /// <param name="location">Where it is, if that is known.</param>
    /// <param name="details">Lines that follow the message.</param>
    public Finding Broken(string text, Place? location, string details = "") => new(this, Sentence(text), location, details);

    private static string Sentence(string text) =>
        text.EndsWith(".", StringComparison.Ordinal) || text.EndsWith("?", StringComparison.Ordinal) ? text : text + ".";
}

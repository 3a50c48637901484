namespace Sitters.Fody.Diagnostics;

/// <summary>One thing to tell the user, with its place in the source where the symbols have it.</summary>
internal sealed record Diagnostic(string Code, bool IsError, string Text, SequencePoint? Location)
{
    public static Diagnostic Error(string code, string text, SequencePoint? location) => new(code, true, Sentence(text), location);

    public static Diagnostic Warning(string code, string text, SequencePoint? location) => new(code, false, Sentence(text), location);

    public override string ToString() => $"{Code}: {Text}";

    private static string Sentence(string text) =>
        text.EndsWith(".", StringComparison.Ordinal) || text.EndsWith("?", StringComparison.Ordinal) ? text : text + ".";
}

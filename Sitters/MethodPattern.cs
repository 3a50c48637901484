using Sitters.Rules;

namespace Sitters;

/// <summary>Names methods by their full names, with * and ? as wildcards: what <c>Apply</c> in FodyWeavers.xml understands.</summary>
internal sealed class MethodPattern
{
    private MethodPattern(string text) => Text = text;

    public string Text { get; }

    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="ArgumentException">The text names no method.</exception>
    public static MethodPattern Parse(string methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        if (methods.Length == 0 || methods.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw new ArgumentException(
                $"\"{methods}\" names no method: say Namespace.Type.Method, with * and ? as wildcards, without blanks.", nameof(methods));
        }

        return new MethodPattern(methods);
    }

    public bool Matches(string method) => Wildcards.Match(Text, method);

    /// <summary>Whether it names at least all that the other one does.</summary>
    public bool Covers(MethodPattern other) => Matches(other.Text);
}

namespace Sitters.Rules;

/// <summary>An <c>&lt;Apply&gt;</c>: the methods that it sits, and what it sets for them.</summary>
internal sealed record ApplyRule(Func<string, bool> Matches, Layer Layer);

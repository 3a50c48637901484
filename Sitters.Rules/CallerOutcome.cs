namespace Sitters.Rules;

/// <summary>What the caller of a timed-out or cancelled call gets; the numbers are those of the attribute's enumeration.</summary>
internal enum CallerOutcome
{
    Auto,
    ReturnDefault,
    Throw,
}

namespace Sitters.Rules;

/// <summary>What a diagnostic means for the build.</summary>
internal enum Severity
{
    Warning,
    Error,
}

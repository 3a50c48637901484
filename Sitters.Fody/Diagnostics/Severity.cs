namespace Sitters.Fody.Diagnostics;

/// <summary>What a diagnostic means for the build.</summary>
internal enum Severity
{
    Warning,
    Error,
}

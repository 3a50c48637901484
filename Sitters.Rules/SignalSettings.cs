namespace Sitters.Rules;

/// <summary>What FodyWeavers.xml says of signals; null where it leaves the runtime's default.</summary>
internal sealed record SignalSettings(
    bool Listen, string? Pause, string? Resume, string? Restart, string? Cancel, bool SetsExitCode);

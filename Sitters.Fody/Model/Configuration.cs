namespace Sitters.Fody.Model;

/// <summary>What FodyWeavers.xml says.</summary>
internal sealed record Configuration(
    Layer Defaults,
    IReadOnlyDictionary<string, Layer> Policies,
    IReadOnlyList<ApplyRule> Rules,
    bool GatesWholeAssembly,
    bool ReportsForwardedTokens,
    SignalSettings? Signals,
    IReadOnlyList<Diagnostic> Problems);

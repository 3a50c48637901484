namespace Sitters.Rules;

/// <summary>What FodyWeavers.xml says.</summary>
internal sealed record Configuration(
    Layer Defaults,
    IReadOnlyDictionary<string, Layer> Policies,
    IReadOnlyList<ApplyRule> Rules,
    bool GatesWholeAssembly,
    bool ReportsForwardedTokens,
    SignalSettings? Signals,
    IReadOnlyList<Finding> Problems)
{
    /// <summary>A layer, and the policies that stand behind it: one names the next.</summary>
    public IEnumerable<Layer> WithPolicies(Layer? layer)
    {
        HashSet<string>? seen = null;
        while (layer is not null)
        {
            yield return layer;
            if (layer.Policy is not { } name
                || !(seen ??= []).Add(name)
                || !Policies.TryGetValue(name, out var policy))
            {
                yield break;
            }

            layer = policy with { Level = layer.Level };
        }
    }
}

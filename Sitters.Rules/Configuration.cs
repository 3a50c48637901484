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
    /// <summary>What a method without any attribute is sat by, by its name.</summary>
    public Layer? RuleFor(string name) => Rules.LastOrDefault(rule => rule.Matches(name))?.Layer;

    /// <summary>What is set for a method, from the closest on, each with the policies behind it.</summary>
    public SettingStack Stack(Layer? own, Layer? type, Layer? assembly, Layer? rule)
    {
        Layer?[] layers = [own, type, assembly, rule, Defaults];
        return new SettingStack([.. layers.SelectMany(WithPolicies)]);
    }

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

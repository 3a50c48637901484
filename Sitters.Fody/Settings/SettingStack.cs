namespace Sitters.Fody.Settings;

/// <summary>The layers that apply to one method, the innermost first, read as one.</summary>
internal sealed class SettingStack
{
    private readonly IReadOnlyList<Layer> _layers;
    private readonly HashSet<Setting> _overridden = [];

    public SettingStack(IReadOnlyList<Layer> layers)
    {
        _layers = layers;
        foreach (var (whole, parts) in KnownSettings.Exclusive)
        {
            var closestPart = parts.Min(Rank);
            if (Rank(whole) < closestPart)
            {
                _overridden.UnionWith(parts);
            }
            else if (closestPart < Rank(whole))
            {
                _overridden.Add(whole);
            }
            else if (closestPart < _layers.Count)
            {
                _overridden.UnionWith(parts.Where(part => Rank(part) > closestPart));
            }
        }
    }

    public bool IsSet(Setting setting) => !_overridden.Contains(setting) && Rank(setting) < _layers.Count;

    /// <summary>The level that the setting's value comes from; null where nothing sets it.</summary>
    public Level? LevelOf(Setting setting) => IsSet(setting) ? _layers[Rank(setting)].Level : null;

    public bool IsSetTwice(Setting setting) =>
        IsSet(setting) && _layers.Skip(Rank(setting) + 1).Any(layer => layer.Values.ContainsKey(setting));

    public string? Text(Setting setting) => Value(setting) is string { Length: > 0 } text ? text : null;

    public IReadOnlyList<string> Texts(Setting setting) => Value(setting) as IReadOnlyList<string> ?? [];

    public TypeReference? Type(Setting setting) => Value(setting) as TypeReference;

    public IReadOnlyList<TypeReference> Types(Setting setting) => Value(setting) as IReadOnlyList<TypeReference> ?? [];

    public double Seconds(Setting setting) => Value(setting) as double? ?? setting.PlanDefault as double? ?? 0;

    /// <summary>A whole number, or the position of a choice.</summary>
    public int Number(Setting setting) => Value(setting) as int? ?? setting.PlanDefault as int? ?? 0;

    public bool Switch(Setting setting) => Value(setting) as bool? ?? setting.PlanDefault as bool? ?? false;

    private object? Value(Setting setting) => IsSet(setting) ? _layers[Rank(setting)].Values[setting] : null;

    private int Rank(Setting setting)
    {
        var rank = 0;
        while (rank < _layers.Count && !_layers[rank].Values.ContainsKey(setting))
        {
            rank++;
        }

        return rank;
    }
}

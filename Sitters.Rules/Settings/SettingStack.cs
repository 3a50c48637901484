namespace Sitters.Rules.Settings;

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

    /// <summary>The innermost first.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    public bool IsSet(Setting setting) => !_overridden.Contains(setting) && Rank(setting) < _layers.Count;

    /// <summary>The layer that the setting's value comes from; null where nothing sets it.</summary>
    public Layer? LayerOf(Setting setting) => IsSet(setting) ? _layers[Rank(setting)] : null;

    public Level? LevelOf(Setting setting) => LayerOf(setting)?.Level;

    /// <summary>Whether the value of a layer is the one that counts; hooks of every level do.</summary>
    public bool Counts(Setting setting, Layer layer) =>
        setting.HookEvent is not null || setting == KnownSettings.InheritHooks || (IsSet(setting) && _layers[Rank(setting)] == layer);

    public bool HasHooksOutside(Layer layer) => _layers
        .Where(candidate => candidate.Level > layer.Level)
        .Any(candidate => candidate.Values.Keys.Any(setting => setting.HookEvent is not null));

    public bool IsSetTwice(Setting setting) =>
        IsSet(setting) && _layers.Skip(Rank(setting) + 1).Any(layer => layer.Values.ContainsKey(setting));

    public string? Text(Setting setting) => Value(setting) is string text && text.Trim().Length > 0 ? text : null;

    public IReadOnlyList<TypeHandle> Types(Setting setting) => Value(setting) as IReadOnlyList<TypeHandle> ?? [];

    public double Seconds(Setting setting) => Value(setting) as double? ?? setting.PlanDefault as double? ?? 0;

    /// <summary>A whole number, or the position of a choice.</summary>
    public int Number(Setting setting) => Value(setting) as int? ?? setting.PlanDefault as int? ?? 0;

    public bool Switch(Setting setting) => Value(setting) as bool? ?? setting.PlanDefault as bool? ?? false;

    /// <summary>
    /// The names of hooks of every level, the outermost level first, each with the type that they are looked up in (null: the
    /// declaring type). A level that does not inherit hooks hides those of the levels outside.
    /// </summary>
    public IReadOnlyList<(IReadOnlyList<string> Names, TypeHandle? HooksType, Layer From)> Hooks(Setting setting)
    {
        var lists = new List<(IReadOnlyList<string>, TypeHandle?, Layer)>();
        foreach (var level in _layers.GroupBy(layer => layer.Level))
        {
            if (level.FirstOrDefault(layer => layer.Values.ContainsKey(setting)) is { } layer)
            {
                lists.Add((layer.Values[setting] as IReadOnlyList<string> ?? [], HooksType(layer), layer));
            }

            if (level.Select(layer => layer.Switch(KnownSettings.InheritHooks)).FirstOrDefault(inherits => inherits is not null) == false)
            {
                break;
            }
        }

        lists.Reverse();
        return lists;
    }

    /// <summary>The type in which the member that a setting names is looked up; null is the declaring type.</summary>
    public TypeHandle? HooksTypeOf(Setting setting) => IsSet(setting) ? HooksType(_layers[Rank(setting)]) : null;

    /// <summary>What is set beside a name, else what is set at the same level: an attribute and the policies it uses.</summary>
    private TypeHandle? HooksType(Layer layer) => _layers.Where(candidate => candidate.Level == layer.Level)
        .Prepend(layer)
        .Select(candidate => candidate.Values.TryGetValue(KnownSettings.HooksType, out var type) ? type as TypeHandle : null)
        .FirstOrDefault(type => type is not null);

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

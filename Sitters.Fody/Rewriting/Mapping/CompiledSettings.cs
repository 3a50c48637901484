using System.Globalization;
using static Sitters.Rules.Settings.KnownSettings;

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>What is compiled into a sat method, by setting, and what has set it.</summary>
internal static class CompiledSettings
{
    /// <summary>Decides what is woven, and has nothing to say of a method that is.</summary>
    private static readonly Setting[] _omitted = [InheritHooks, KnownSettings.HooksType, IncludeNotAsync, Disabled];

    private static readonly Setting[] _ofCache = [CacheSize, CacheSeconds, CacheSlidingSeconds, CacheScope, KnownSettings.Cache];

    public static IEnumerable<CompiledSetting> Of(SatMethod sat)
    {
        foreach (var setting in All.Where(setting => !_omitted.Contains(setting) && (sat.IsCached || !_ofCache.Contains(setting))))
        {
            if (setting.HookEvent is not null)
            {
                var lists = sat.Settings.Hooks(setting);
                string[] names = [.. lists.SelectMany(list => list.Names)];
                if (names.Length > 0)
                {
                    var from = string.Join(", ", lists.Where(list => list.Names.Count > 0).Select(list => list.From.Where).Distinct());
                    yield return new CompiledSetting(setting.Name, CatalogedKind.List, Lines(names), from);
                }
            }
            else if (sat.Settings.LayerOf(setting) is { } layer && TextOf(setting, layer.Values[setting]) is { } text)
            {
                yield return new CompiledSetting(setting.Name, KindOf(setting), text, layer.Where);
            }
        }
    }

    private static CatalogedKind KindOf(Setting setting) => setting.Kind switch
    {
        SettingKind.Seconds or SettingKind.Count => CatalogedKind.Number,
        SettingKind.Switch => CatalogedKind.Switch,
        SettingKind.Types => CatalogedKind.List,
        _ => CatalogedKind.Text,
    };

    /// <summary>Null for what is no value.</summary>
    private static string? TextOf(Setting setting, object? value) => value switch
    {
        bool isOn => isOn ? "true" : "false",
        int index when setting.Kind == SettingKind.Choice => setting.Choices[index],
        double seconds => seconds.ToString("R", CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        string { Length: > 0 } text => text.Trim(),
        IReadOnlyList<TypeReference> { Count: > 0 } types => Lines(types.Select(type => type.FullName)),
        _ => null,
    };

    private static string Lines(IEnumerable<string> texts) => string.Join("\n", texts);
}

namespace Sitters.Runtime.Configuring;

/// <summary>What one entry of a configuration sets.</summary>
/// <param name="Where">The key of the entry.</param>
/// <param name="Values">All but the policy.</param>
/// <param name="Policy">The policy that it names; null for none.</param>
internal sealed record SettingSet(string Where, IReadOnlyList<SettingValue> Values, string? Policy)
{
    public static SettingSet Read(SitSettings? settings, string where) => settings is null
        ? new SettingSet(where, [], null)
        : new SettingSet(
            where,
            [
                .. from setting in ConfigurableSettings.All
                   where setting != ConfigurableSettings.Policy
                   let value = setting.Get(settings)
                   where value is not null
                   select new SettingValue(setting, value, $"{where}:{setting.Name}"),
            ],
            settings.Policy?.Trim());
}

namespace Sitters.Rules.Settings;

/// <summary>What one attribute or one XML element sets; <paramref name="Where"/> names it to the user.</summary>
internal sealed record Layer(Level Level, string Where, Place? Location, IReadOnlyDictionary<Setting, object?> Values)
{
    public string? Policy =>
        Values.TryGetValue(KnownSettings.Policy, out var name) && name is string text && text.Trim().Length > 0 ? text : null;

    /// <summary>Null where the layer does not set it.</summary>
    public bool? Switch(Setting setting) => Values.TryGetValue(setting, out var value) ? value as bool? : null;
}

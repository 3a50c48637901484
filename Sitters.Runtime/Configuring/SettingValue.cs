namespace Sitters.Runtime.Configuring;

/// <summary>A value that configuration sets.</summary>
/// <param name="Setting">What.</param>
/// <param name="Value">The value.</param>
/// <param name="From">The key that sets it, as in <c>Sitters:Methods:Shop.Orders:TimeoutSeconds</c>.</param>
internal sealed record SettingValue(ConfigurableSetting Setting, object Value, string From);

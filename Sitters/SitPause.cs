namespace Sitters;

/// <summary>A pause of everything or of methods that holds.</summary>
/// <param name="Control">Who ordered it, and why.</param>
/// <param name="Methods">The methods that it was ordered for; null for everything.</param>
/// <param name="Since">Since when, by the system's clock.</param>
internal sealed record SitPause(SitControl Control, string? Methods, DateTimeOffset Since);

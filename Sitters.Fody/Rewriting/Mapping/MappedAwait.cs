namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>What the map says of one await.</summary>
/// <param name="File">The file that it stands in, as the symbols have it; null if it is not known.</param>
/// <param name="Line">The line; null if it is not known.</param>
/// <param name="Awaited">What is awaited, as a person would write it; null if it is not known.</param>
/// <param name="IsForeign">What is awaited is code that is neither woven nor of the framework.</param>
internal sealed record MappedAwait(string? File, int? Line, string? Awaited, bool IsForeign);

namespace Sitters.Analyzers;

/// <summary>What a name in a setting means, or why it means nothing that serves.</summary>
internal sealed record NamedMember(Setting Setting, ISymbol? Member, MissingMember? Missing);

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>A setting that is compiled into a sat method.</summary>
internal sealed record CompiledSetting(string Name, CatalogedKind Kind, string Text, string From);

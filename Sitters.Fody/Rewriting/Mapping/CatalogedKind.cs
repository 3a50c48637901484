namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>What the text of a setting's value stands for. The numbers are those of the catalog.</summary>
internal enum CatalogedKind
{
    Text,
    Number,
    Switch,
    List,
}

namespace Sitters.Runtime.Mapping;

/// <summary>What the text of a value stands for. The numbers are those of the catalog.</summary>
internal enum ValueKind
{
    Text,
    Number,
    Switch,
    List,
}

namespace Sitters.Runtime.Mapping;

/// <summary>A method with awaits, or one around such a lambda or local function. Compared by identity.</summary>
internal sealed class MappedMethod(string name)
{
    /// <summary>Its full name, as in <c>Shop.Jobs.Sync</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The method that the lambda or local function is written in; null for any other. Set while the map is read.</summary>
    public MappedMethod? Owner { get; set; }
}

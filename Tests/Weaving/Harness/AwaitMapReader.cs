using Mono.Cecil;
using Sitters.Runtime.Mapping;

namespace Tests.Weaving;

/// <summary>Reads back what the weaver wrote of the awaits of a module, as the runtime does.</summary>
internal static class AwaitMapReader
{
    private const string Prefix = "Sitters.Awaits.";

    /// <summary>The awaits in the order of their numbers; none where there is no map.</summary>
    public static IReadOnlyList<AwaitPlace> AwaitsOf(this ModuleDefinition module)
    {
        var places = new List<AwaitPlace>();
        if (module.AwaitMapOf() is { } bytes)
        {
            var map = AwaitMap.Read(new MemoryStream(bytes));
            while (map[places.Count + 1] is { } place)
            {
                places.Add(place);
            }
        }

        return places;
    }

    public static byte[]? AwaitMapOf(this ModuleDefinition module) => module.Resources.OfType<EmbeddedResource>()
        .SingleOrDefault(resource => resource.Name.StartsWith(Prefix, StringComparison.Ordinal))?.GetResourceData();
}

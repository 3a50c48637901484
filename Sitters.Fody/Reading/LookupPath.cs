namespace Sitters.Fody.Reading;

/// <summary>The types in which a member is looked up: a type and its bases, each as seen from the sat method's type.</summary>
internal static class LookupPath
{
    public static IReadOnlyList<(TypeReference Reference, TypeDefinition Definition)> From(TypeReference start)
    {
        var path = new List<(TypeReference, TypeDefinition)>();
        var pending = new Queue<TypeReference>([start]);
        while (pending.Count > 0)
        {
            var reference = pending.Dequeue();
            if (reference.Resolve() is not { } definition || definition.FullName == "System.Object")
            {
                continue;
            }

            path.Add((reference, definition));
            var arguments = GenericArguments.Of(reference);
            if (definition.BaseType is not null)
            {
                pending.Enqueue(arguments.In(definition.BaseType));
            }

            // A default interface method sees the members of the interfaces that its own extends.
            foreach (var implementation in definition.IsInterface ? definition.Interfaces.ToArray() : [])
            {
                pending.Enqueue(arguments.In(implementation.InterfaceType));
            }
        }

        return path;
    }
}

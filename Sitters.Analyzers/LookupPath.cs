namespace Sitters.Analyzers;

/// <summary>The types in which a member is looked up: a type and its bases; of a default interface method also what its interface extends.</summary>
internal static class LookupPath
{
    public static IReadOnlyList<INamedTypeSymbol> From(INamedTypeSymbol start)
    {
        var path = new List<INamedTypeSymbol>();
        var pending = new Queue<INamedTypeSymbol>([start]);
        while (pending.Count > 0)
        {
            var type = pending.Dequeue();
            if (type.SpecialType == SpecialType.System_Object || type.TypeKind == TypeKind.Error)
            {
                continue;
            }

            path.Add(type);
            if (type.BaseType is not null)
            {
                pending.Enqueue(type.BaseType);
            }

            foreach (var parent in type.Interfaces.Where(_ => type.TypeKind == TypeKind.Interface))
            {
                pending.Enqueue(parent);
            }
        }

        return path;
    }
}

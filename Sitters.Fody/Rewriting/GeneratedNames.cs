namespace Sitters.Fody.Rewriting;

/// <summary>Names that no source can have, numbered where another weaver or an overload has taken them.</summary>
internal static class GeneratedNames
{
    public static string ForMethod(TypeDefinition type, string name) => Free(name, type.Methods.Select(method => method.Name));

    public static string ForField(TypeDefinition type, string name) => Free(name, type.Fields.Select(field => field.Name));

    public static string ForNested(TypeDefinition type, string name) => Free(name, type.NestedTypes.Select(nested => nested.Name));

    private static string Free(string name, IEnumerable<string> taken)
    {
        var all = new HashSet<string>(taken);
        if (!all.Contains(name))
            return name;

        var number = 2;
        while (all.Contains(name + number))
            number++;
        return name + number;
    }
}

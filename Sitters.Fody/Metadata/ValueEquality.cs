namespace Sitters.Fody.Metadata;

/// <summary>Tells whether two equal values of a type, made separately, are equal to a cache.</summary>
internal static class ValueEquality
{
    /// <summary>More parts than any type that somebody has written by hand; a generic union may be a case of itself without end.</summary>
    private const int Deep = 100;

    public static bool Has(TypeReference type) => Has(type, []);

    private static bool Has(TypeReference type, HashSet<string> seen) => type switch
    {
        ArrayType => false,
        GenericParameter => true,
        GenericInstanceType { IsValueType: true } instance when IsWrapper(instance) =>
            instance.GenericArguments.All(argument => Has(argument, seen)),
        _ when type.Resolve() is not { } definition => true,
        { IsValueType: true } => HasValue(type, type.Resolve(), seen),
        _ => HasReference(type.Resolve()),
    };

    private static bool IsWrapper(GenericInstanceType type) =>
        type.ElementType.FullName == "System.Nullable`1"
        || type.ElementType.FullName.StartsWith("System.ValueTuple`", StringComparison.Ordinal);

    private static bool HasReference(TypeDefinition type)
    {
        // What is behind object or an interface is not known, but no collection of the framework compares its elements.
        if (type.FullName == "System.Object")
        {
            return true;
        }

        if (type.IsInterface)
        {
            return !IsCollection(type);
        }

        for (var level = type; level is not null && level.FullName != "System.Object"; level = level.BaseType?.Resolve())
        {
            if (level.Methods.Any(IsEquals))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A value type that does not compare itself is compared field by field. A C# union has a single field of type object, which holds
    /// any of the cases that it can be made of; it may, through another union, be a case of itself.
    /// </summary>
    private static bool HasValue(TypeReference type, TypeDefinition definition, HashSet<string> seen)
    {
        if (TypeNames.Views.Contains(definition.FullName))
        {
            return false;
        }

        if (definition.IsPrimitive
            || definition.IsEnum
            || definition.Methods.Any(IsEquals)
            || seen.Count > Deep
            || !seen.Add(type.FullName))
        {
            return true;
        }

        var arguments = GenericArguments.Of(type);
        var parts = Nullability.IsUnion(definition)
            ? definition.Methods.Where(method => method is { IsConstructor: true, IsStatic: false, Parameters.Count: 1 })
                .Select(constructor => constructor.Parameters[0].ParameterType)
            : definition.Fields.Where(field => !field.IsStatic).Select(field => field.FieldType);
        return parts.All(part => Has(arguments.In(part), seen));
    }

    private static bool IsCollection(TypeDefinition type) =>
        type.FullName == "System.Collections.IEnumerable"
        || type.Interfaces.Any(implementation => implementation.InterfaceType.Resolve() is { } parent && IsCollection(parent));

    private static bool IsEquals(MethodDefinition method) =>
        method is { Name: "Equals", IsVirtual: true, IsStatic: false, Parameters.Count: 1 }
        && method.Parameters[0].ParameterType.FullName is "System.Object";
}

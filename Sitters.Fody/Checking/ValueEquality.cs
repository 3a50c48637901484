namespace Sitters.Fody.Checking;

/// <summary>Tells whether two equal values of a type, made separately, are equal to a cache.</summary>
internal static class ValueEquality
{
    public static bool Has(TypeReference type) => type switch
    {
        ArrayType => false,
        GenericParameter => true,
        GenericInstanceType { IsValueType: true } instance when IsWrapper(instance) => instance.GenericArguments.All(Has),
        { IsValueType: true } => true,
        _ => type.Resolve() is not { } definition || HasReference(definition),
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

    private static bool IsCollection(TypeDefinition type) =>
        type.FullName == "System.Collections.IEnumerable"
        || type.Interfaces.Any(implementation => implementation.InterfaceType.Resolve() is { } parent && IsCollection(parent));

    private static bool IsEquals(MethodDefinition method) =>
        method is { Name: "Equals", IsVirtual: true, IsStatic: false, Parameters.Count: 1 }
        && method.Parameters[0].ParameterType.FullName is "System.Object";
}

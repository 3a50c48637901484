namespace Sitters.Fody.Metadata;

/// <summary>Tells whether the default of a task's result can be told from an answer.</summary>
internal static class Nullability
{
    private const byte NotNull = 1;
    private const string Attributes = "System.Runtime.CompilerServices.";

    /// <summary>
    /// Whether null, and so "no result", is among the result's values: nullable value types, unions, and what is known to be a reference
    /// type and is not declared non-nullable. A type parameter without a constraint that makes it a reference type may stand for a
    /// number, whose default passes for an answer.
    /// </summary>
    public static bool CanBeNull(MethodDefinition method, TypeReference result) =>
        IsNullableValue(result)
        || IsUnion(result)
        || (IsReference(result) && AnnotationOfResult(method) != NotNull);

    /// <summary>
    /// Whether the declaration says that there is always a result. Of an unconstrained <c>T?</c> it says that there may be none.
    /// </summary>
    public static bool IsNeverNull(MethodDefinition method, TypeReference result) =>
        !IsNullableValue(result)
        && !IsUnion(result)
        && (IsValue(result) || AnnotationOfResult(method) == NotNull);

    /// <summary>A union of C#: its default holds no case at all.</summary>
    public static bool IsUnion(TypeReference type) =>
        type.Resolve()?.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == Attributes + "UnionAttribute") == true;

    private static bool IsNullableValue(TypeReference type) => type is GenericInstanceType { ElementType.FullName: "System.Nullable`1" };

    private static bool IsValue(TypeReference type) =>
        type is GenericParameter parameter ? parameter.HasNotNullableValueTypeConstraint : type.IsValueType;

    private static bool IsReference(TypeReference type) => type switch
    {
        GenericParameter parameter => parameter.HasReferenceTypeConstraint
            || parameter.Constraints.Any(constraint => IsReferenceConstraint(constraint.ConstraintType)),
        _ => !type.IsValueType,
    };

    /// <summary>A value type may implement an interface, and derives from three classes of the framework.</summary>
    private static bool IsReferenceConstraint(TypeReference constraint) => constraint is GenericParameter
        ? IsReference(constraint)
        : constraint.Resolve() is { IsInterface: false, IsValueType: false }
            && constraint.FullName is not ("System.Object" or "System.ValueType" or "System.Enum");

    /// <summary>
    /// The compiler writes one byte for each reference type (and generic value type) in the return type, outermost first, and a single
    /// one if all are equal. If it writes none, the nearest context counts, which is absent in code without nullable annotations.
    /// </summary>
    private static byte AnnotationOfResult(MethodDefinition method)
    {
        if (Argument(method.MethodReturnType, "NullableAttribute") is { } own)
        {
            return own is CustomAttributeArgument[] flags ? (byte)flags[flags.Length > 1 ? 1 : 0].Value : (byte)own;
        }

        if (Argument(method, "NullableContextAttribute") is byte ofMethod)
        {
            return ofMethod;
        }

        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (Argument(type, "NullableContextAttribute") is byte ofType)
            {
                return ofType;
            }
        }

        return Argument(method.Module, "NullableContextAttribute") as byte? ?? 0;
    }

    private static object? Argument(ICustomAttributeProvider owner, string attributeName) => owner.CustomAttributes
        .FirstOrDefault(attribute => attribute.AttributeType.FullName == Attributes + attributeName)
        ?.ConstructorArguments.FirstOrDefault().Value;
}

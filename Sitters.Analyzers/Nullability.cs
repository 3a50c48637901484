namespace Sitters.Analyzers;

/// <summary>Tells whether the default of a task's result can be told from an answer.</summary>
internal static class Nullability
{
    /// <summary>
    /// Whether null is among the results. A type parameter without a constraint that makes it a reference type may stand for a number.
    /// </summary>
    public static bool CanBeNull(ITypeSymbol result) =>
        IsNullableValue(result) || IsUnion(result) || (result.IsReferenceType && result.NullableAnnotation != NullableAnnotation.NotAnnotated);

    /// <summary>Whether the declaration says that there is always a result.</summary>
    public static bool IsNeverNull(ITypeSymbol result) =>
        !IsNullableValue(result)
        && !IsUnion(result)
        && (result.IsValueType || result.NullableAnnotation == NullableAnnotation.NotAnnotated);

    /// <summary>A union of C#: its default holds no case at all.</summary>
    public static bool IsUnion(ITypeSymbol type) => type.OriginalDefinition.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: "UnionAttribute" } union
        && union.ContainingNamespace.ToDisplayString() == "System.Runtime.CompilerServices");

    private static bool IsNullableValue(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}

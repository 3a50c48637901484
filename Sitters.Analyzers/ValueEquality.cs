using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sitters.Analyzers;

/// <summary>Tells whether two equal values of a type, made separately, are equal to a cache.</summary>
internal static class ValueEquality
{
    /// <summary>More parts than any type that somebody has written by hand; a generic union may be a case of itself without end.</summary>
    private const int Deep = 100;

    public static bool Has(ITypeSymbol type) => Has(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    private static bool Has(ITypeSymbol type, HashSet<ITypeSymbol> seen) => type switch
    {
        IArrayTypeSymbol => false,
        not INamedTypeSymbol or { TypeKind: TypeKind.Error } => true,
        INamedTypeSymbol named when IsWrapper(named) => (named.TupleUnderlyingType ?? named).TypeArguments.All(argument => Has(argument, seen)),
        INamedTypeSymbol { IsValueType: true } named => HasValue(named, seen),
        _ => HasReference(type),
    };

    private static bool IsWrapper(INamedTypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || (type is { IsValueType: true, Name: "ValueTuple", Arity: > 0 } && type.ContainingNamespace.ToDisplayString() == "System");

    private static bool HasReference(ITypeSymbol type)
    {
        // What is behind object or an interface is not known, but no collection of the framework compares its elements.
        if (type.TypeKind == TypeKind.Interface)
        {
            return !type.AllInterfaces.Append(type).Any(parent => Names.InMetadata(parent) == "System.Collections.IEnumerable");
        }

        return type.SpecialType == SpecialType.System_Object || Levels(type).Any(level => level.GetMembers("Equals").Any(IsEquals));
    }

    private static IEnumerable<ITypeSymbol> Levels(ITypeSymbol type)
    {
        for (var level = type; level is not null && level.SpecialType != SpecialType.System_Object; level = level.BaseType)
        {
            yield return level;
        }
    }

    /// <summary>
    /// A value type that does not compare itself is compared field by field. A C# union has a single field of type object, which holds
    /// any of the cases that it can be made of; it may, through another union, be a case of itself.
    /// </summary>
    private static bool HasValue(INamedTypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        if (TypeNames.Views.Contains(Names.InMetadata(type)))
        {
            return false;
        }

        if (IsPrimitive(type)
            || type.TypeKind == TypeKind.Enum
            || type.GetMembers("Equals").Any(IsEquals)
            || seen.Count > Deep
            || !seen.Add(type))
        {
            return true;
        }

        var parts = Nullability.IsUnion(type)
            ? type.InstanceConstructors.Where(constructor => constructor.Parameters.Length == 1).Select(constructor => constructor.Parameters[0].Type)
            : type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic).Select(field => field.Type).Concat(Captured(type));
        return parts.All(part => Has(part, seen));
    }

    private static bool IsPrimitive(INamedTypeSymbol type) => type.SpecialType is
        >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Decimal
        or SpecialType.System_IntPtr or SpecialType.System_UIntPtr;

    /// <summary>The parameters of the constructor in the type's head that its members use: the compiler makes fields of them.</summary>
    private static IEnumerable<ITypeSymbol> Captured(INamedTypeSymbol type)
    {
        var heads = type.InstanceConstructors
            .Select(constructor => (constructor, constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()))
            .Where(head => head.Item2 is StructDeclarationSyntax);
        foreach (var (constructor, syntax) in heads)
        {
            var used = new HashSet<string>(type.DeclaringSyntaxReferences
                .SelectMany(reference => reference.GetSyntax().DescendantNodes())
                .Where(node => node is BlockSyntax or ArrowExpressionClauseSyntax)
                .SelectMany(body => body.DescendantNodes().OfType<IdentifierNameSyntax>())
                .Select(name => name.Identifier.ValueText));
            foreach (var parameter in constructor.Parameters.Where(parameter => used.Contains(parameter.Name)))
            {
                yield return parameter.Type;
            }
        }
    }

    private static bool IsEquals(ISymbol member) =>
        member is IMethodSymbol { IsStatic: false, Parameters.Length: 1 } method
        && (method.IsVirtual || method.IsOverride || method.IsAbstract)
        && method.Parameters[0].Type.SpecialType == SpecialType.System_Object;
}

namespace Sitters.Analyzers;

/// <summary>Names as the weaver reads them off the assembly: <c>MyApp.Outer.Inner.Work</c>.</summary>
internal static class Names
{
    private static readonly char[] _marks = ['<', '>', '$', '.'];

    public static string Of(IMethodSymbol method)
    {
        var own = method.MethodKind switch
        {
            MethodKind.LocalFunction => $"{OutsideOf(method)}.{method.Name}",
            MethodKind.AnonymousFunction => $"{OutsideOf(method)}.lambda",
            MethodKind.PropertyGet => LastPart(method.AssociatedSymbol?.MetadataName ?? method.MetadataName),
            _ => method.ExplicitInterfaceImplementations.FirstOrDefault()?.Name ?? method.Name.Trim(_marks),
        };
        return $"{OfDefinition(method.ContainingType)}.{own}";
    }

    public static string Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => $"{Of(array.ElementType)}[{new string(',', array.Rank - 1)}]",
        IPointerTypeSymbol pointer => $"{Of(pointer.PointedAtType)}*",
        IDynamicTypeSymbol => "object",
        INamedTypeSymbol named => Keyword(named) ?? OfDefinition(named) + Arguments(named.TupleUnderlyingType ?? named),
        _ => type.Name,
    };

    /// <summary>A type without its type arguments.</summary>
    public static string OfDefinition(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? $"{OfDefinition(outer)}.{type.Name}"
        : Before(type.ContainingNamespace) + type.Name;

    /// <summary>A type as metadata has it, without type arguments: <c>System.Collections.Generic.List`1</c>.</summary>
    public static string InMetadata(ITypeSymbol type) => type.ContainingType is { } outer
        ? $"{InMetadata(outer)}/{type.MetadataName}"
        : Before(type.ContainingNamespace) + type.MetadataName;

    /// <summary>A namespace, with a dot at its end. What Roslyn displays has an @ before keywords.</summary>
    private static string Before(INamespaceSymbol? space) => space is { IsGlobalNamespace: false }
        ? $"{Before(space.ContainingNamespace)}{space.Name}."
        : "";

    private static string Arguments(INamedTypeSymbol type)
    {
        if (type.IsUnboundGenericType)
        {
            return "";
        }

        var arguments = new List<string>();
        for (var level = type; level is not null; level = level.ContainingType)
        {
            arguments.InsertRange(0, level.TypeArguments.Select(Of));
        }

        return arguments.Count > 0 ? $"<{string.Join(",", arguments)}>" : "";
    }

    /// <summary>The member around lambdas and local functions, as the compiler names what it makes of them.</summary>
    private static string OutsideOf(IMethodSymbol method)
    {
        var outer = method.ContainingSymbol;
        while (outer is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
        {
            outer = outer.ContainingSymbol;
        }

        return outer is IMethodSymbol ? outer.MetadataName.Trim(_marks) : outer.IsStatic ? "cctor" : "ctor";
    }

    private static string LastPart(string name) => name.Substring(name.LastIndexOf('.') + 1);

    private static string? Keyword(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Byte => "byte",
        SpecialType.System_Char => "char",
        SpecialType.System_Decimal => "decimal",
        SpecialType.System_Double => "double",
        SpecialType.System_Single => "float",
        SpecialType.System_Int16 => "short",
        SpecialType.System_Int32 => "int",
        SpecialType.System_Int64 => "long",
        SpecialType.System_Object => "object",
        SpecialType.System_SByte => "sbyte",
        SpecialType.System_String => "string",
        SpecialType.System_UInt16 => "ushort",
        SpecialType.System_UInt32 => "uint",
        SpecialType.System_UInt64 => "ulong",
        SpecialType.System_Void => "void",
        _ => null,
    };
}

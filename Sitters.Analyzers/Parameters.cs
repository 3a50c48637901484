using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sitters.Analyzers;

/// <summary>Tells which parameters of a method can't be kept across a restart.</summary>
internal static class Parameters
{
    public static IEnumerable<string> NotRestartable(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            var problem = parameter.RefKind != RefKind.None ? ParameterTexts.ByReference : Problem(parameter.Type);
            if (problem is not null)
            {
                yield return ParameterTexts.Of(parameter.Name, problem);
            }
        }

        if (!method.IsStatic && method.MethodKind != MethodKind.LocalFunction && method.ContainingType.IsRefLikeType)
        {
            yield return ParameterTexts.ThisIsRefStruct;
        }
    }

    private static string? Problem(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => ParameterTexts.Pointer,
        ITypeParameterSymbol parameter => AllowsRefStruct(parameter) ? ParameterTexts.MayBeRefStruct : null,
        _ => type.IsRefLikeType ? ParameterTexts.RefStruct : null,
    };

    /// <summary>The compiler that the analyzer is built against has no name for this constraint.</summary>
    private static bool AllowsRefStruct(ITypeParameterSymbol parameter) => parameter.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax().Parent?.Parent)
        .SelectMany(owner => owner?.ChildNodes().OfType<TypeParameterConstraintClauseSyntax>() ?? [])
        .Where(clause => clause.Name.Identifier.ValueText == parameter.Name)
        .SelectMany(clause => clause.Constraints)
        .Any(constraint => constraint.GetFirstToken().ValueText == "allows");
}

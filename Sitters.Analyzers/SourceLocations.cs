using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sitters.Analyzers;

/// <summary>
/// Where in the source a method is told of: in the line of its first statement or brace, which is all that the weaver knows of it. In
/// that line its name is marked, if it is there.
/// </summary>
internal static class SourceLocations
{
    public static Location? Of(IMethodSymbol method)
    {
        if (SyntaxOf(method) is not { } syntax)
        {
            return null;
        }

        var (name, begin) = (NameIn(syntax), BeginOf(syntax));
        var marked = begin is not { } first || (name is { } own && LineOf(own) == LineOf(first)) ? name ?? begin : begin;
        return (marked ?? syntax.GetFirstToken()).GetLocation();
    }

    /// <summary>A type is told of at the first code in it.</summary>
    public static Location? Of(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>()
        .Select(method => method.MethodKind switch
        {
            MethodKind.Constructor or MethodKind.StaticConstructor => OfConstructor(method),
            _ => SyntaxOf(method) is { } syntax && BeginOf(syntax) is not null ? Of(method) : null,
        })
        .FirstOrDefault(location => location is not null);

    public static SyntaxNode? SyntaxOf(IMethodSymbol method) =>
        (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();

    /// <summary>Constructors begin with what the members of the type are initialized with, unless they call another.</summary>
    private static Location? OfConstructor(IMethodSymbol constructor)
    {
        var syntax = SyntaxOf(constructor);
        var declared = syntax as ConstructorDeclarationSyntax;
        var first = declared?.Initializer is { } initializer && initializer.ThisOrBaseKeyword.ValueText == "this"
            ? null
            : constructor.ContainingType.GetMembers()
                .Where(member => member.IsStatic == constructor.IsStatic && member is IPropertySymbol or IFieldSymbol { IsConst: false })
                .Select(member => member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
                {
                    VariableDeclaratorSyntax variable => variable.Initializer,
                    PropertyDeclarationSyntax property => property.Initializer,
                    _ => null,
                })
                .FirstOrDefault(value => value is not null);
        return (first?.GetFirstToken() ?? declared?.Initializer?.ThisOrBaseKeyword ?? declared?.Identifier ?? (syntax as TypeDeclarationSyntax)?.Identifier)
            ?.GetLocation();
    }

    private static SyntaxToken? NameIn(SyntaxNode syntax) => syntax switch
    {
        MethodDeclarationSyntax method => method.Identifier,
        LocalFunctionStatementSyntax local => local.Identifier,
        ConstructorDeclarationSyntax constructor => constructor.Identifier,
        AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier,
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier,
        ParenthesizedLambdaExpressionSyntax lambda => lambda.ArrowToken,
        _ => null,
    };

    private static SyntaxToken? BeginOf(SyntaxNode syntax) => syntax switch
    {
        BaseMethodDeclarationSyntax method => BeginOf(method.Body, method.ExpressionBody?.Expression),
        LocalFunctionStatementSyntax local => BeginOf(local.Body, local.ExpressionBody?.Expression),
        AccessorDeclarationSyntax accessor => BeginOf(accessor.Body, accessor.ExpressionBody?.Expression) ?? accessor.Keyword,
        ArrowExpressionClauseSyntax arrow => arrow.Expression.GetFirstToken(),
        AnonymousFunctionExpressionSyntax lambda => lambda.Body.GetFirstToken(),
        _ => null,
    };

    private static SyntaxToken? BeginOf(BlockSyntax? block, ExpressionSyntax? expression) => block?.OpenBraceToken ?? expression?.GetFirstToken();

    private static int LineOf(SyntaxToken token) => token.GetLocation().GetLineSpan().StartLinePosition.Line;
}

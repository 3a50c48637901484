using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Sitters.Analyzers;

namespace Sitters.CodeFixes;

/// <summary>Creates the hook that an attribute names and that is not there.</summary>
internal static class HookCreation
{
    public static IEnumerable<Fix> Of(
        Document document, Diagnostic diagnostic, SyntaxNode declaration, IReadOnlyList<AttributeSyntax> around, SemanticModel model)
    {
        if (!diagnostic.Properties.ContainsKey(FixProperties.CanBeAdded)
            || !Fixes.SettingsOf(diagnostic).All(setting => setting.EndsWith("Hooks", StringComparison.Ordinal))
            || Fixes.LiteralOf(diagnostic, around) is not { } literal
            || !diagnostic.Properties.TryGetValue(FixProperties.Name, out var name)
            || !SyntaxFacts.IsValidIdentifier(name)
            || SyntaxFacts.GetKeywordKind(name!) != SyntaxKind.None
            || declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax own } member)
        {
            yield break;
        }

        var hooksType = HooksTypeOf(literal, model);
        var type = hooksType is null ? own : hooksType.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        var where = type is null ? null : document.Project.Solution.GetDocument(type.SyntaxTree);
        if (where is null || type is not (ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax or InterfaceDeclarationSyntax))
        {
            yield break;
        }

        var isStatic = hooksType is not null
            || declaration is LocalFunctionStatementSyntax or LambdaExpressionSyntax
            || member.Modifiers.Any(SyntaxKind.StaticKeyword)
            || IsOfMany(literal);
        var accessibility = hooksType is null ? SyntaxKind.PrivateKeyword
            : where.Project.Id == document.Project.Id ? SyntaxKind.InternalKeyword
            : SyntaxKind.PublicKeyword;
        yield return new Fix("CreateHook", $"Create the hook '{name}'", document, async (solution, cancellation) => Add(
            await solution.GetDocumentEditorAsync(where.Id, cancellation).ConfigureAwait(false),
            type,
            hooksType is null ? member : null,
            Hook(name!, isStatic, accessibility)));
    }

    /// <summary>Several attributes may name one hook, which is added once, behind the first method that does.</summary>
    private static void Add(DocumentEditor editor, SyntaxNode type, MemberDeclarationSyntax? after, MethodDeclarationSyntax hook)
    {
        var name = hook.Identifier.ValueText;
        editor.ReplaceNode(type, (current, _) =>
        {
            var declaration = (TypeDeclarationSyntax)current;
            if (declaration.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Identifier.ValueText == name))
            {
                return current;
            }

            if (after is null)
            {
                return WithBraces(declaration).AddMembers(declaration.Members.Count == 0 ? hook.WithoutLeadingTrivia() : hook);
            }

            var index = declaration.Members.IndexOf(member => SignatureOf(member) == SignatureOf(after)) + 1;
            var named = declaration.WithMembers(declaration.Members.Insert(index, hook));
            return named.ReplaceNodes(
                LiteralsIn(named, name), (literal, _) => SyntaxFactory.ParseExpression($"nameof({name})").WithTriviaFrom(literal));
        });
    }

    private static TypeDeclarationSyntax WithBraces(TypeDeclarationSyntax type) => type.OpenBraceToken.IsKind(SyntaxKind.None)
        ? type.WithOpenBraceToken(SyntaxFactory.Token(SyntaxKind.OpenBraceToken))
            .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(type.GetTrailingTrivia()))
            .WithSemicolonToken(default)
            .WithAdditionalAnnotations(Formatter.Annotation)
        : type;

    private static string SignatureOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => $"{method.ExplicitInterfaceSpecifier}{method.Identifier}{method.TypeParameterList}{method.ParameterList}",
        PropertyDeclarationSyntax property => $"{property.ExplicitInterfaceSpecifier}{property.Identifier}",
        _ => member.ToString(),
    };

    private static MethodDeclarationSyntax Hook(string name, bool isStatic, SyntaxKind accessibility)
    {
        var modifiers = SyntaxFactory.TokenList(SyntaxFactory.Token(accessibility));
        return SyntaxFactory.MethodDeclaration(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)), name)
            .WithModifiers(isStatic ? modifiers.Add(SyntaxFactory.Token(SyntaxKind.StaticKeyword)) : modifiers)
            .WithBody(SyntaxFactory.Block())
            .WithLeadingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>Every place in a type that means the hook. What stands on the type itself does not see its members, and a hooks type has its own.</summary>
    private static IEnumerable<LiteralExpressionSyntax> LiteralsIn(TypeDeclarationSyntax type, string name) => type.DescendantNodes()
        .SelectMany(SitSyntax.AttributesOf)
        .Where(attribute => !SitSyntax.Arguments(attribute, "HooksType").Any())
        .SelectMany(attribute => attribute.ArgumentList?.Arguments ?? default)
        .Where(argument => argument.NameEquals?.Name.Identifier.ValueText.EndsWith("Hooks", StringComparison.Ordinal) == true)
        .SelectMany(argument => argument.DescendantNodes().OfType<LiteralExpressionSyntax>())
        .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.Token.ValueText == name);

    /// <summary>A type's hook serves its static methods too.</summary>
    private static bool IsOfMany(SyntaxNode literal) =>
        literal.FirstAncestorOrSelf<AttributeListSyntax>()?.Parent is BaseTypeDeclarationSyntax or CompilationUnitSyntax;

    private static INamedTypeSymbol? HooksTypeOf(SyntaxNode literal, SemanticModel model) => literal.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute
        ? SitSyntax.Arguments(attribute, "HooksType")
            .Select(argument => argument.Expression is TypeOfExpressionSyntax type ? model.GetTypeInfo(type.Type).Type as INamedTypeSymbol : null)
            .FirstOrDefault()
        : null;
}

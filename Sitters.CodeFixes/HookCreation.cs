using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
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
            || declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax own } member)
        {
            yield break;
        }

        var elsewhere = HooksTypeOf(literal, model);
        var isStatic = elsewhere is not null
            || declaration is LocalFunctionStatementSyntax or LambdaExpressionSyntax
            || member.Modifiers.Any(SyntaxKind.StaticKeyword)
            || IsOfMany(literal);
        if (elsewhere is { DeclaringSyntaxReferences.Length: 0 })
        {
            yield break;
        }

        yield return new Fix("CreateHook", $"Create the hook '{name}'", document, async (solution, cancellation) =>
        {
            if (elsewhere is not null)
            {
                var syntax = await elsewhere.DeclaringSyntaxReferences[0].GetSyntaxAsync(cancellation).ConfigureAwait(false);
                if (document.Project.Solution.GetDocument(syntax.SyntaxTree) is { } other)
                {
                    var there = await solution.GetDocumentEditorAsync(other.Id, cancellation).ConfigureAwait(false);
                    Add(there, syntax, after: null, Hook(name!, isStatic, SyntaxKind.InternalKeyword));
                }

                return;
            }

            var editor = await solution.GetDocumentEditorAsync(document.Id, cancellation).ConfigureAwait(false);
            Add(editor, own, member, Hook(name!, isStatic, SyntaxKind.PrivateKeyword));
        });
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
                return declaration.AddMembers(declaration.Members.Count == 0 ? hook.WithoutLeadingTrivia() : hook);
            }

            var index = declaration.Members.IndexOf(member => SignatureOf(member) == SignatureOf(after)) + 1;
            var named = declaration.WithMembers(declaration.Members.Insert(index, hook));
            return named.ReplaceNodes(
                LiteralsIn(named, name), (literal, _) => SyntaxFactory.ParseExpression($"nameof({name})").WithTriviaFrom(literal));
        });
    }

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
            .WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
    }

    /// <summary>Every place in a type that means the hook.</summary>
    private static IEnumerable<LiteralExpressionSyntax> LiteralsIn(TypeDeclarationSyntax type, string name) => type.DescendantNodesAndSelf()
        .SelectMany(SitSyntax.AttributesOf)
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

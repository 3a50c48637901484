using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Sitters.Analyzers;

namespace Sitters.CodeFixes;

/// <summary>The fixes that there are for a diagnostic.</summary>
internal static class Fixes
{
    /// <summary>The best first. Their keys are of the diagnostic's code, so that those of another code are known as such.</summary>
    public static async Task<IReadOnlyList<Fix>> Of(Document document, Diagnostic diagnostic, CancellationToken cancellation) =>
        [.. (await For(document, diagnostic, cancellation).ConfigureAwait(false)).Select(fix => fix with { Key = $"{diagnostic.Id}.{fix.Key}" })];

    private static async Task<IReadOnlyList<Fix>> For(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || SitSyntax.DeclarationAt(root, diagnostic.Location) is not { } declaration)
        {
            return root is null ? [] : [.. Without(document, diagnostic, SitSyntax.AttributesAround(root, diagnostic.Location))];
        }

        var around = SitSyntax.AttributesAround(root, diagnostic.Location).ToArray();
        return diagnostic.Id switch
        {
            "SIT002" => [.. ReturnTask(document, declaration, model)],
            "SIT003" or "SIT008" => [.. TakeNearest(document, diagnostic, around), .. HookCreation.Of(document, diagnostic, declaration, around, model)],
            "SIT005" => [.. MakeNullable(document, declaration, model), .. Without(document, diagnostic, around)],
            _ => [.. Without(document, diagnostic, around)],
        };
    }

    private static IEnumerable<Fix> ReturnTask(Document document, SyntaxNode declaration, SemanticModel model)
    {
        if (ReturnTypeOf(declaration) is PredefinedTypeSyntax type
            && !IsBound(declaration, model)
            && model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task") is { } task)
        {
            yield return Edit("ReturnTask", "Return Task", document, editor => editor.ReplaceNode(
                type, (current, generator) => generator.TypeExpression(task, addImport: true).WithTriviaFrom(current)));
        }
    }

    private static IEnumerable<Fix> MakeNullable(Document document, SyntaxNode declaration, SemanticModel model)
    {
        if (ReturnTypeOf(declaration) is { } task && ResultIn(task) is not null and not NullableTypeSyntax && !IsBound(declaration, model))
        {
            yield return Edit("MakeNullable", "Make the result nullable", document, editor => editor.ReplaceNode(
                task,
                (current, _) => ResultIn(current) is { } result and not NullableTypeSyntax
                    ? current.ReplaceNode(result, SyntaxFactory.NullableType(result))
                    : current));
        }
    }

    private static TypeSyntax? ResultIn(SyntaxNode task) =>
        task.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments.Last();

    /// <summary>Takes out settings, where the attribute that sets them is the one that it is about.</summary>
    private static IEnumerable<Fix> Without(Document document, Diagnostic diagnostic, IEnumerable<AttributeSyntax> around)
    {
        var settings = SettingsOf(diagnostic);
        var isOfMethod = diagnostic.Properties.TryGetValue(FixProperties.Level, out var level) && level is not null;
        var attribute = around.FirstOrDefault(candidate => IsOfMethod(candidate) == isOfMethod);
        if (diagnostic.Id is "SIT003" or "SIT008" || attribute is null || !settings.Any(setting => SitSyntax.Arguments(attribute, setting).Any()))
        {
            return [];
        }

        var title = $"Remove {string.Join(", ", settings)}";
        return [Edit("Remove", title, document, editor => editor.ReplaceNode(
            attribute, (current, _) => SitSyntax.Without((AttributeSyntax)current, settings)))];
    }

    private static IEnumerable<Fix> TakeNearest(Document document, Diagnostic diagnostic, IEnumerable<AttributeSyntax> around)
    {
        if (diagnostic.Properties.TryGetValue(FixProperties.Nearest, out var nearest)
            && nearest is not null
            && LiteralOf(diagnostic, around)?.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute)
        {
            // Every method that a type's attribute means tells of it, and the first fix has written it already.
            yield return Edit("TakeNearest", $"Write '{nearest}'", document, editor => editor.ReplaceNode(
                attribute,
                (current, generator) => LiteralOf(diagnostic, [(AttributeSyntax)current]) is { } literal
                    ? current.ReplaceNode(literal, Naming(nearest, literal, generator).WithTriviaFrom(literal))
                    : current));
        }
    }

    private static SyntaxNode Naming(string member, ExpressionSyntax likeThis, SyntaxGenerator generator) => likeThis is LiteralExpressionSyntax
        ? generator.LiteralExpression(member)
        : SyntaxFactory.ParseExpression($"nameof({member})");

    /// <summary>The text in an attribute that means no member, or the <c>nameof</c>.</summary>
    public static ExpressionSyntax? LiteralOf(Diagnostic diagnostic, IEnumerable<AttributeSyntax> around) =>
        diagnostic.Properties.TryGetValue(FixProperties.Name, out var name)
            ? around.SelectMany(attribute => SettingsOf(diagnostic).SelectMany(setting => SitSyntax.Arguments(attribute, setting)))
                .SelectMany(argument => argument.DescendantNodes().OfType<ExpressionSyntax>())
                .FirstOrDefault(expression => expression switch
                {
                    LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.Token.ValueText == name,
                    InvocationExpressionSyntax call => call.ToString() == $"nameof({name})",
                    _ => false,
                })
            : null;

    public static IReadOnlyList<string> SettingsOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(FixProperties.Settings, out var settings) && !string.IsNullOrEmpty(settings) ? settings!.Split(',') : [];

    private static Fix Edit(string key, string title, Document document, Action<DocumentEditor> edit) => new(
        key,
        title,
        document,
        async (solution, cancellation) => edit(await solution.GetDocumentEditorAsync(document.Id, cancellation).ConfigureAwait(false)));

    private static bool IsOfMethod(AttributeSyntax attribute) => attribute.Parent?.Parent is not (BaseTypeDeclarationSyntax or CompilationUnitSyntax);

    private static TypeSyntax? ReturnTypeOf(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => method.ReturnType,
        LocalFunctionStatementSyntax local => local.ReturnType,
        PropertyDeclarationSyntax property => property.Type,
        ParenthesizedLambdaExpressionSyntax lambda => lambda.ReturnType,
        _ => null,
    };

    /// <summary>Whether something else decides on the return type: a base, an interface, another part, or what a lambda is converted to.</summary>
    private static bool IsBound(SyntaxNode declaration, SemanticModel model)
    {
        if (declaration is LambdaExpressionSyntax)
        {
            return true;
        }

        var symbol = model.GetDeclaredSymbol(declaration);
        return symbol is { IsOverride: true } or { IsVirtual: true } or IMethodSymbol { IsPartialDefinition: true }
                or IMethodSymbol { PartialDefinitionPart: not null }
            || (symbol?.ContainingType?.AllInterfaces.SelectMany(parent => parent.GetMembers())
                .Any(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol)) ?? false);
    }
}

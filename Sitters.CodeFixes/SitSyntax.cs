using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sitters.CodeFixes;

/// <summary>Finds in the source what a diagnostic is about.</summary>
internal static class SitSyntax
{
    /// <summary>The method, lambda, local function or property at a place: the nearest that bears the attribute, else the nearest method.</summary>
    public static SyntaxNode? DeclarationAt(SyntaxNode root, Location location)
    {
        var around = root.FindToken(location.SourceSpan.Start).Parent?.AncestorsAndSelf().TakeWhile(node => node is not BaseTypeDeclarationSyntax).ToArray() ?? [];
        return Array.Find(around, node => AttributesOf(node).Any()) ?? Array.FindLast(around, node => node is MemberDeclarationSyntax);
    }

    /// <summary>The attributes that may mean a declaration, the nearest first.</summary>
    public static IEnumerable<AttributeSyntax> AttributesAround(SyntaxNode root, Location location) =>
        root.FindToken(location.SourceSpan.Start).Parent?.AncestorsAndSelf().SelectMany(AttributesOf) ?? [];

    public static IEnumerable<AttributeSyntax> AttributesOf(SyntaxNode node)
    {
        var lists = node switch
        {
            MemberDeclarationSyntax member => member.AttributeLists,
            LocalFunctionStatementSyntax local => local.AttributeLists,
            ParenthesizedLambdaExpressionSyntax lambda => lambda.AttributeLists,
            AccessorDeclarationSyntax accessor => accessor.AttributeLists,
            CompilationUnitSyntax unit => unit.AttributeLists,
            _ => [],
        };
        return lists.SelectMany(list => list.Attributes).Where(IsSit);
    }

    public static IEnumerable<AttributeArgumentSyntax> Arguments(AttributeSyntax attribute, string setting) =>
        attribute.ArgumentList?.Arguments.Where(argument => argument.NameEquals?.Name.Identifier.ValueText == setting) ?? [];

    /// <summary>The attribute without what it sets for these settings.</summary>
    public static AttributeSyntax Without(AttributeSyntax attribute, IReadOnlyCollection<string> settings)
    {
        if (attribute.ArgumentList is not { } list)
        {
            // Another fix has taken them out already.
            return attribute;
        }

        foreach (var setting in settings)
        {
            var index = list.Arguments.IndexOf(argument => argument.NameEquals?.Name.Identifier.ValueText == setting);
            list = index < 0 ? list : list.WithArguments(list.Arguments.RemoveAt(index));
        }

        return attribute.WithArgumentList(list.Arguments.Count > 0 ? list : null);
    }

    private static bool IsSit(AttributeSyntax attribute)
    {
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return name is "Sit" or "SitAttribute";
    }
}

using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sitters.Analyzers;

/// <summary>What a lambda or local function takes from around it, which decides where the compiler puts its code.</summary>
internal sealed class Captures
{
    private readonly SyntaxNode _function;
    private readonly SemanticModel _model;

    public Captures(SyntaxNode function, SemanticModel model)
    {
        (_function, _model) = (function, model);
        foreach (var node in function.DescendantNodes())
        {
            Note(node);
        }
    }

    /// <summary>Whether it uses the instance around it.</summary>
    public bool This { get; private set; }

    /// <summary>The first variable of the code around it that it uses.</summary>
    public string? Variable { get; private set; }

    /// <summary>Whether its code becomes a method of the type that it is written in, and has the instance at hand.</summary>
    public bool KnowsInstance => This && Variable is null;

    /// <summary>
    /// Whether what it captures is surely passed to it by reference: it is only called, and nothing else around it keeps the variables.
    /// </summary>
    public bool IsPassedByReference
    {
        get
        {
            if (Variable is null
                || _function is not LocalFunctionStatementSyntax local
                || local.Modifiers.Any(modifier => modifier.ValueText is "async" or "static")
                || local.DescendantNodes().Any(node => node is YieldStatementSyntax))
            {
                return false;
            }

            var member = local.Ancestors().OfType<MemberDeclarationSyntax>().First();
            return !member.DescendantNodes().Any(node => node switch
            {
                AnonymousFunctionExpressionSyntax or QueryExpressionSyntax => true,
                LocalFunctionStatementSyntax other => other != local,
                IdentifierNameSyntax name when name.Identifier.ValueText == local.Identifier.ValueText =>
                    name.Parent is not InvocationExpressionSyntax call || call.Expression != name,
                _ => false,
            });
        }
    }

    private void Note(SyntaxNode node)
    {
        if (node is ThisExpressionSyntax or BaseExpressionSyntax)
        {
            This = true;
        }
        else if (node is SimpleNameSyntax name && _model.GetSymbolInfo(name).Symbol is { } symbol)
        {
            if (symbol is ILocalSymbol { IsConst: false } or IParameterSymbol or IRangeVariableSymbol)
            {
                NoteVariable(symbol);
            }
            else if (symbol is IFieldSymbol or IPropertySymbol or IEventSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary }
                && !symbol.IsStatic
                && !IsQualified(name))
            {
                This = true;
            }
        }
    }

    private void NoteVariable(ISymbol symbol)
    {
        var declaration = symbol.DeclaringSyntaxReferences.FirstOrDefault();
        if (declaration is null || declaration.SyntaxTree != _function.SyntaxTree || _function.Span.Contains(declaration.Span))
        {
            return;
        }

        // The parameters of a constructor in the type's head belong to the instance.
        if (symbol is IParameterSymbol && declaration.GetSyntax().Parent?.Parent is TypeDeclarationSyntax)
        {
            This = true;
        }
        else
        {
            Variable ??= symbol.Name;
        }
    }

    /// <summary>Whether it stands behind a dot, or names a property in an initializer or a pattern.</summary>
    private static bool IsQualified(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        MemberBindingExpressionSyntax or QualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax => true,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left == name,
        _ => false,
    };
}

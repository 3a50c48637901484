using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sitters.Analyzers;

/// <summary>What a lambda or local function takes from around it, which decides where the compiler puts its code.</summary>
internal sealed class Captures
{
    private readonly SyntaxNode _function;
    private readonly SemanticModel _model;

    /// <summary>The function, and the local functions around it that it uses: what they capture, it captures too.</summary>
    private readonly List<SyntaxNode> _bodies = [];

    public Captures(SyntaxNode function, SemanticModel model)
    {
        (_function, _model) = (function, model);
        Follow(function);
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

            // The statements of a program without Main are members of their own, with variables in common.
            IEnumerable<SyntaxNode> around = member is GlobalStatementSyntax { Parent: { } program } ? program.ChildNodes().OfType<GlobalStatementSyntax>() : [member];
            return !around.SelectMany(part => part.DescendantNodes()).Any(node => node switch
            {
                AnonymousFunctionExpressionSyntax or QueryExpressionSyntax => true,
                LocalFunctionStatementSyntax other => other != local,
                IdentifierNameSyntax name when name.Identifier.ValueText == local.Identifier.ValueText =>
                    name.Parent is not InvocationExpressionSyntax call || call.Expression != name,
                _ => false,
            });
        }
    }

    private void Follow(SyntaxNode body)
    {
        _bodies.Add(body);
        foreach (var node in body.DescendantNodes(node => !IsNameOf(node)))
        {
            Note(node);
        }
    }

    /// <summary>What <c>nameof</c> names, nobody uses. A method of that name is no constant.</summary>
    private bool IsNameOf(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } && _model.GetConstantValue(node).HasValue;

    private void Note(SyntaxNode node)
    {
        if (node is ThisExpressionSyntax or BaseExpressionSyntax)
        {
            This = true;
        }
        else if (node is SimpleNameSyntax name && !IsQualified(name) && _model.GetSymbolInfo(name).Symbol is { } symbol)
        {
            if (symbol is ILocalSymbol { IsConst: false } or IParameterSymbol or IRangeVariableSymbol)
            {
                NoteVariable(symbol);
            }
            else if (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } local)
            {
                if (SourceLocations.SyntaxOf(local.OriginalDefinition) is { } declaration && !IsInside(declaration))
                {
                    Follow(declaration);
                }
            }
            else if (symbol is IFieldSymbol or IPropertySymbol or IEventSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary }
                && !symbol.IsStatic)
            {
                This = true;
            }
        }
    }

    private void NoteVariable(ISymbol symbol)
    {
        // The value that a setter is given is not declared anywhere.
        var declaration = symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        if (declaration is not null && IsInside(declaration))
        {
            return;
        }

        // The parameters of a constructor in the type's head belong to the instance.
        if (symbol is IParameterSymbol && declaration?.Parent?.Parent is TypeDeclarationSyntax)
        {
            This = true;
        }
        else
        {
            Variable ??= symbol.Name;
        }
    }

    private bool IsInside(SyntaxNode declaration) => _bodies.Exists(
        body => body.SyntaxTree == declaration.SyntaxTree && body.Span.Contains(declaration.Span));

    /// <summary>Whether it stands behind a dot, or names an argument, or a property in an initializer or a pattern.</summary>
    private static bool IsQualified(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => true,
        MemberBindingExpressionSyntax or QualifiedNameSyntax or NameEqualsSyntax => true,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment when assignment.Left == name => true,
        _ => name.FirstAncestorOrSelf<BaseExpressionColonSyntax>() is not null,
    };
}

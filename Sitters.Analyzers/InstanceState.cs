using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Sitters.Analyzers;

/// <summary>
/// Finds what a method knows of its own instance: the first field that it reads, by itself or through what it calls on <c>this</c>, or
/// the first place where it hands <c>this</c> to somebody else. What it only writes does not count. Where the source leaves it open, it is
/// told: the weaver, which would know better, says nothing then.
/// </summary>
internal sealed class InstanceState
{
    private readonly Compilation _compilation;

    /// <summary>The method's type, and its bases in the same assembly.</summary>
    private readonly HashSet<ITypeSymbol> _levels = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly Queue<Func<string?>> _open = new();

    private InstanceState(ITypeSymbol type, Compilation compilation)
    {
        _compilation = compilation;
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(level.ContainingAssembly, compilation.Assembly))
            {
                _levels.Add(level.OriginalDefinition);
            }
        }
    }

    /// <returns>The end of a sentence about the method; null if it would do the same for every instance.</returns>
    public static string? KnownTo(IMethodSymbol method, Compilation compilation)
    {
        var search = new InstanceState(method.ContainingType, compilation);
        search.Enter(method);
        while (search._open.Count > 0)
        {
            if (search._open.Dequeue()() is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private string? Search(IOperation operation)
    {
        switch (operation)
        {
            case INameOfOperation:
                return null;
            case IAnonymousFunctionOperation lambda:
                _open.Enqueue(() => Search(lambda.Body));
                return null;
            case ILocalFunctionOperation local:
                return null;
            case IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction } call:
                Enter(call.TargetMethod);
                break;
            case IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference:
                Enter(reference.Method);
                break;
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter }
                when !IsWritten(operation):
                return InstanceTexts.Reads(parameter.Name);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                if (Use(operation) is { } found)
                {
                    return found;
                }

                break;
            default:
                break;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (Search(child) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>What is done with <c>this</c>.</summary>
    private string? Use(IOperation self)
    {
        while (self.Parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
        {
            self = self.Parent;
        }

        return self.Parent switch
        {
            IFieldReferenceOperation field when field.Instance == self => IsWritten(field) ? null : InstanceTexts.Reads(field.Field.Name),
            IPropertyReferenceOperation property when property.Instance == self => OfProperty(property),
            IEventReferenceOperation @event when @event.Instance == self => InstanceTexts.Reads(@event.Event.Name),
            IInvocationOperation call when call.Instance == self => Called(call.TargetMethod, call.IsVirtual),
            IMethodReferenceOperation reference when reference.Instance == self => Called(reference.Method, reference.IsVirtual),
            IBinaryOperation { OperatorMethod: null, OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => null,
            IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } => null,
            IIsTypeOperation or IExpressionStatementOperation => null,
            _ => InstanceTexts.HandedOut,
        };
    }

    private static bool IsWritten(IOperation target) => target.Parent switch
    {
        ISimpleAssignmentOperation { IsRef: false } assignment => assignment.Target == target,
        IDeconstructionAssignmentOperation assignment => assignment.Target == target,
        ITupleOperation tuple => IsWritten(tuple),
        _ => false,
    };

    private string? OfProperty(IPropertyReferenceOperation reference)
    {
        var property = (IPropertySymbol)Root(reference.Property);
        var isRead = !IsWritten(reference);
        var isWrite = !isRead || reference.Parent is ICompoundAssignmentOperation or IIncrementOrDecrementOperation or ICoalesceAssignmentOperation;
        if (isRead && OfAccessor(property, property.GetMethod, InstanceTexts.Reads(property.MetadataName)) is { } known)
        {
            return known;
        }

        return isWrite ? OfAccessor(property, property.SetMethod, InstanceTexts.Calls("set_" + property.MetadataName)) : null;
    }

    private string? OfAccessor(IPropertySymbol property, IMethodSymbol? accessor, string unknown)
    {
        if (accessor is null)
        {
            // A property without a setter is written in its constructor.
            return null;
        }

        if (!IsOwn(accessor))
        {
            return unknown;
        }

        if (SourceLocations.SyntaxOf(accessor) is AccessorDeclarationSyntax { Body: null, ExpressionBody: null } or ParameterSyntax or null)
        {
            // The setter of an automatic property writes its field, and that is all.
            if (accessor.MethodKind == MethodKind.PropertyGet && _seen.Add(accessor.OriginalDefinition))
            {
                _open.Enqueue(() => InstanceTexts.Reads(property.Name));
            }

            return null;
        }

        Enter(accessor);
        return null;
    }

    private string? Called(IMethodSymbol method, bool isVirtual)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            Enter(method);
            return null;
        }

        var called = isVirtual ? (IMethodSymbol)Root(method) : method;
        called = (called.ReducedFrom ?? called).OriginalDefinition;
        if (called is { Name: "GetType", ContainingType.SpecialType: SpecialType.System_Object })
        {
            return null;
        }

        // What the compiler adds to a record has no source.
        if (!IsOwn(called) || SourceLocations.SyntaxOf(called) is null)
        {
            return InstanceTexts.Calls(called.MetadataName);
        }

        Enter(called);
        return null;
    }

    private bool IsOwn(IMethodSymbol method) =>
        !method.IsAbstract && !method.IsExtern && _levels.Contains(method.ContainingType.OriginalDefinition);

    /// <summary>Calls name the member that was declared first, whatever overrides it.</summary>
    private static ISymbol Root(ISymbol member)
    {
        while (Overridden(member) is { } overridden)
        {
            member = overridden;
        }

        return member;
    }

    private static ISymbol? Overridden(ISymbol member) =>
        member is IMethodSymbol method ? method.OverriddenMethod : (member as IPropertySymbol)?.OverriddenProperty;

    private void Enter(IMethodSymbol method)
    {
        var definition = method.OriginalDefinition;
        if (SourceLocations.SyntaxOf(definition) is { } syntax && _seen.Add(definition))
        {
            _open.Enqueue(() => BodyOf(syntax) is { } body ? Search(body) : null);
        }
    }

    private IOperation? BodyOf(SyntaxNode syntax)
    {
#pragma warning disable RS1030 // The body may be in another file; few methods come here, only those with a cache for all instances.
        var model = _compilation.GetSemanticModel(syntax.SyntaxTree);
#pragma warning restore RS1030
        return syntax switch
        {
            ArrowExpressionClauseSyntax arrow => model.GetOperation(arrow),
            LocalFunctionStatementSyntax local => (model.GetOperation(local) as ILocalFunctionOperation)?.Body,
            _ => model.GetOperation(syntax),
        };
    }
}

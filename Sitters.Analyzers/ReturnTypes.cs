namespace Sitters.Analyzers;

/// <summary>Tells what a method hands back. An Apply has it asked of every method: it allocates nothing.</summary>
internal static class ReturnTypes
{
    public static Returned Of(IMethodSymbol method) => method switch
    {
        { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => Returned.Other,
        { ReturnsVoid: true } => Returned.Void,
        { ReturnType: INamedTypeSymbol { ContainingType: null } type } => (type.Name, type.Arity) switch
        {
            ("Task", 0) when IsOfTasks(type) => Returned.Task,
            ("Task", 1) when IsOfTasks(type) => Returned.TaskOf,
            ("ValueTask", 0) when IsOfTasks(type) => Returned.ValueTask,
            ("ValueTask", 1) when IsOfTasks(type) => Returned.ValueTaskOf,
            ("IAsyncEnumerable", 1) when IsOfCollections(type) => Returned.Stream,
            ("IAsyncEnumerator", 1) when IsOfCollections(type) => Returned.Enumerator,
            _ => Returned.Other,
        },
        _ => Returned.Other,
    };

    public static bool CanBeSat(Returned returned) => returned is not (Returned.Void or Returned.Other);

    private static bool IsOfTasks(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "Tasks", ContainingNamespace: { Name: "Threading" } outer }
        && IsSystem(outer.ContainingNamespace);

    private static bool IsOfCollections(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "Generic", ContainingNamespace: { Name: "Collections" } outer } && IsSystem(outer.ContainingNamespace);

    private static bool IsSystem(INamespaceSymbol space) => space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
}

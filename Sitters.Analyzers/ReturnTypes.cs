namespace Sitters.Analyzers;

/// <summary>Tells what a method hands back.</summary>
internal static class ReturnTypes
{
    public static Returned Of(IMethodSymbol method) => method switch
    {
        { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => Returned.Other,
        { ReturnsVoid: true } => Returned.Void,
        { ReturnType: INamedTypeSymbol type } => Names.InMetadata(type) switch
        {
            "System.Threading.Tasks.Task" => Returned.Task,
            "System.Threading.Tasks.Task`1" => Returned.TaskOf,
            "System.Threading.Tasks.ValueTask" => Returned.ValueTask,
            "System.Threading.Tasks.ValueTask`1" => Returned.ValueTaskOf,
            "System.Collections.Generic.IAsyncEnumerable`1" => Returned.Stream,
            "System.Collections.Generic.IAsyncEnumerator`1" => Returned.Enumerator,
            _ => Returned.Other,
        },
        _ => Returned.Other,
    };

    public static bool CanBeSat(Returned returned) => returned is not (Returned.Void or Returned.Other);
}

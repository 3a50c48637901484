namespace Sitters.Fody.Reading;

/// <summary>Tells what a method hands back.</summary>
internal static class ReturnTypes
{
    public static Returned Of(MethodDefinition method) => method.ReturnType.GetElementType().FullName switch
    {
        _ when method.ReturnType is TypeSpecification and not GenericInstanceType => Returned.Other,
        "System.Void" => Returned.Void,
        "System.Threading.Tasks.Task" => Returned.Task,
        "System.Threading.Tasks.Task`1" => Returned.TaskOf,
        "System.Threading.Tasks.ValueTask" => Returned.ValueTask,
        "System.Threading.Tasks.ValueTask`1" => Returned.ValueTaskOf,
        "System.Collections.Generic.IAsyncEnumerable`1" => Returned.Stream,
        "System.Collections.Generic.IAsyncEnumerator`1" => Returned.Enumerator,
        _ => Returned.Other,
    };

    public static bool CanBeSat(Returned returned) => returned is not (Returned.Void or Returned.Other);
}

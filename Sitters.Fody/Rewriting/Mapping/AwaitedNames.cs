using Sitters.Fody.Rewriting.Forwarding;

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>
/// Names what an await awaits, as a person would write it: by the member that makes it, else by the variable that holds it.
/// </summary>
/// <param name="graph">The values of the code.</param>
/// <param name="code">The method that has the code.</param>
/// <param name="variables">The names of its variables.</param>
internal sealed class AwaitedNames(ValueGraph graph, MethodDefinition code, VariableNames variables)
{
    /// <summary>How many values to look at for one await: several may be meant, and variables may be set in circles.</summary>
    private const int Patience = 64;

    private readonly StaticTypes _types = new(graph);
    private int _left;

    /// <returns>Null if nothing certain can be said.</returns>
    public string? Of(Value awaited)
    {
        _left = Patience;
        return Of(awaited, isInvoked: false);
    }

    /// <param name="value">The value.</param>
    /// <param name="isInvoked">It is a delegate that is called: the call that brought it does not make what is awaited.</param>
    private string? Of(Value value, bool isInvoked)
    {
        if (_left-- <= 0)
        {
            return null;
        }

        if (value.IsMeeting)
        {
            return Common(value.Inputs, isInvoked);
        }

        if (graph.Loaded(value) is { } variable)
        {
            return Common(graph.Sources(value), isInvoked) ?? variables.Of(variable, value.Producer!);
        }

        return value.Producer switch
        {
            { OpCode.Code: Code.Call or Code.Callvirt or Code.Newobj, Operand: MethodReference called } call =>
                OfCall(call, called, value.Inputs, isInvoked),
            { OpCode.Code: Code.Ldarg, Operand: ParameterDefinition parameter } => VariableNames.Of(parameter, code.Body),
            { OpCode.Code: Code.Ldfld or Code.Ldflda or Code.Ldsfld or Code.Ldsflda, Operand: FieldReference field } =>
                VariableNames.Of(field.Name),
            {
                OpCode.Code: Code.Castclass or Code.Isinst or Code.Unbox_Any or Code.Box or Code.Ldobj or Code.Ldind_Ref
                    or Code.Ldelem_Ref or Code.Ldelem_Any or Code.Ldelema
            } => Of(value.Inputs[0], isInvoked),
            _ => null,
        };
    }

    /// <summary>The name that all of some values have. A delegate that the compiler keeps for the next time has none there.</summary>
    private string? Common(IEnumerable<Value> values, bool isInvoked)
    {
        string? common = null;
        foreach (var value in values.Where(value => !IsKept(value)))
        {
            var name = Of(value, isInvoked);
            if (name is null || (common is not null && common != name))
            {
                return null;
            }

            common = name;
        }

        return common;
    }

    private static bool IsKept(Value value) =>
        value.Producer is { OpCode.Code: Code.Ldsfld or Code.Ldfld, Operand: FieldReference field }
        && VariableNames.Of(field.Name) is null;

    private string? OfCall(Instruction call, MethodReference called, IReadOnlyList<Value> inputs, bool isInvoked)
    {
        if (isInvoked || StaticTypes.IsDelegate(called))
        {
            return call.OpCode.Code == Code.Newobj ? OfTarget(inputs)
                : isInvoked ? OfGetter(called)
                : Of(inputs[0], isInvoked: true) ?? $"{Names.Short(called.DeclaringType)}.{called.Name}";
        }

        if (called.Name == ".ctor")
        {
            // In place, the address comes first.
            var wrapped = inputs.Skip(call.OpCode.Code == Code.Newobj ? 0 : 1).FirstOrDefault();
            return PassedThrough.Is(called) && PassedThrough.IsTask(called.Parameters[0].ParameterType) && wrapped is not null
                ? Of(wrapped, isInvoked)
                : $"new {Names.Short(called.DeclaringType)}";
        }

        return called.Name switch
        {
            "GetResult" or "Await" when BringsResult(called) => null,
            "DisposeAsync" when inputs.Count > 0 => $"{_types.OfDisposed(inputs[0], called)}.{called.Name}",
            "WaitAsync" => OfMember(called),
            "get_Item" when inputs.Count > 0 => OfCollection(inputs[0]) ?? OfMember(called),
            _ when IsPassedThrough(called) && inputs.Count > 0 =>
                Of(inputs[0], isInvoked) ?? (called.Name == "MoveNextAsync" ? OfMember(called) : null),
            _ => OfMember(called),
        };
    }

    /// <summary>What is taken out of a collection is named by the variable or member that holds it, and not by how it was made.</summary>
    private string? OfCollection(Value collection) =>
        graph.Loaded(collection) is { } variable ? variables.Of(variable, collection.Producer!)
        : collection.Producer is { OpCode.Code: Code.Newobj } ? null
        : Of(collection, isInvoked: false);

    /// <summary>What the await of something brings is awaited once more: nobody has called that anything.</summary>
    private static bool BringsResult(MethodReference called) =>
        called.DeclaringType.Name.Contains("Awaiter")
        || called.DeclaringType.FullName == "System.Runtime.CompilerServices.AsyncHelpers";

    private static bool IsPassedThrough(MethodReference called) => PassedThrough.Is(called) || called.Name == "WithCancellation";

    /// <summary>The property that holds a delegate.</summary>
    private static string? OfGetter(MethodReference called) =>
        called.Parameters.Count == 0 && called.Name.StartsWith("get_", StringComparison.Ordinal) ? OfMember(called) : null;

    /// <summary>The lambda or method that a delegate calls.</summary>
    private static string? OfTarget(IReadOnlyList<Value> inputs) =>
        inputs.Count == 2 && inputs[1].Producer?.Operand is MethodReference target ? OfMember(target) : null;

    private static string OfMember(MethodReference called) =>
        Names.Inner(called.Name) ?? $"{StaticTypes.OfMember(called)}.{Names.Member(called.Name)}";
}

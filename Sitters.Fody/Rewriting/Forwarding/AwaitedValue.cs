using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>Finds the calls that make what an await awaits.</summary>
internal sealed class AwaitedValue(ValueGraph graph, Generations generations)
{
    private readonly Collections _collections = new(graph, generations);

    /// <summary>
    /// The calls that begin what is awaited, also through variables, collections, and <c>WhenAll</c> and its like: with all calls on the
    /// way.
    /// </summary>
    public IReadOnlyCollection<Instruction> Calls(Value awaited)
    {
        var calls = new HashSet<Instruction>();
        var seen = new HashSet<Value>();
        var open = new Stack<Value>();
        open.Push(awaited);
        while (open.Count > 0)
        {
            var value = open.Pop();
            if (!seen.Add(value))
            {
                continue;
            }

            foreach (var source in SourcesOf(value))
            {
                open.Push(source);
            }

            if (value.Producer is { OpCode.Code: Code.Call or Code.Callvirt or Code.Newobj } call)
            {
                calls.Add(call);
            }
        }

        return calls;
    }

    /// <summary>
    /// Where the await itself begins what it awaits: no more is begun before the first of these calls, on any way to the await.
    /// </summary>
    /// <returns>False where there is a way on which the await finds what was begun earlier.</returns>
    public bool TryBegin(Value awaited, ICollection<Instruction> first)
    {
        if (awaited.IsMeeting)
        {
            var all = true;
            foreach (var alternative in awaited.Inputs)
            {
                all &= TryBegin(alternative, first);
            }

            return all;
        }

        if (graph.Loaded(awaited) is not null)
        {
            return HandedOver(awaited) is { } stored ? TryBegin(stored, first) : TryBeginAny(_collections.ElementsBehind(awaited), first);
        }

        switch (awaited.Producer)
        {
            case { OpCode.Code: Code.Call or Code.Callvirt or Code.Newobj } call:
                return TryBeginCall(call, awaited.Inputs, first);
            case { OpCode.Code: Code.Newarr }:
                return TryBeginAny(_collections.ElementsOf(awaited), first);
            case { OpCode.Code: Code.Castclass or Code.Isinst }:
                return TryBegin(awaited.Inputs[0], first);
            default:
                return false;
        }
    }

    private bool TryBeginCall(Instruction call, IReadOnlyList<Value> arguments, ICollection<Instruction> first)
    {
        var called = (MethodReference)call.Operand;
        if (PassedThrough.Is(called) && !BeginsItself(called))
        {
            return TryBegin(arguments[0], first);
        }

        var before = first.Count;
        var begins = TryBeginAny(arguments.Where(IsOperation), first);
        if (first.Count > before)
        {
            return begins;
        }

        // A property hands out what was begun earlier; a completed task stands for an operation that had nothing to do.
        if (called.Name.StartsWith("get_", StringComparison.Ordinal) && called.Name != "get_CompletedTask")
        {
            return false;
        }

        first.Add(call);
        return true;
    }

    /// <summary>The first of several operations that the await begins: the others come after it, come what may.</summary>
    private bool TryBeginAny(IEnumerable<Value> operations, ICollection<Instruction> first)
    {
        var before = first.Count;
        foreach (var operation in operations)
        {
            var begins = TryBegin(operation, first);
            if (first.Count > before)
            {
                return begins;
            }
        }

        return false;
    }

    /// <summary>Where a value comes from, one step back.</summary>
    private IEnumerable<Value> SourcesOf(Value value)
    {
        if (value.Producer is not { } producer)
        {
            return value.Inputs;
        }

        if (graph.Loaded(value) is not null)
        {
            return graph.Sources(value).Concat(_collections.ElementsBehind(value));
        }

        return producer.OpCode.Code switch
        {
            Code.Call or Code.Callvirt or Code.Newobj when producer.Operand is MethodReference called => PassedThrough.Combines(called)
                ? value.Inputs
                : PassedThrough.CallsBack(called) is { } index ? [value.Inputs[index]]
                : PassedThrough.Is(called) ? value.Inputs.Take(1) : _collections.ElementsOf(value),
            Code.Newarr => _collections.ElementsOf(value),
            Code.Castclass or Code.Isinst or Code.Ldelem_Ref or Code.Ldelem_Any or Code.Ldelema or Code.Ldobj or Code.Ldind_Ref =>
                value.Inputs.Take(1),
            _ => [],
        };
    }

    /// <summary>What a load finds, if the value was put down right before only to take its address.</summary>
    private Value? HandedOver(Value load) =>
        Before(load.Producer) is { OpCode.Code: Code.Stloc } store && store.Operand == load.Producer!.Operand
            ? graph.InputsOf(store)[0]
            : null;

    private static bool BeginsItself(MethodReference called) => called.Name is "MoveNextAsync" or "GetAsyncEnumerator";

    /// <summary>Whether a value may be an operation that was begun, or several.</summary>
    private bool IsOperation(Value value) => value.IsMeeting
        ? value.Inputs.Any(IsOperation)
        : value.Producer switch
        {
            { OpCode.Code: Code.Call or Code.Callvirt or Code.Newobj, Operand: MethodReference called } =>
                PassedThrough.IsOperation(called.Name == ".ctor" ? called.DeclaringType : called.ReturnType),
            { OpCode.Code: Code.Newarr, Operand: TypeReference element } => PassedThrough.IsOperation(element),
            { OpCode.Code: Code.Ldloc or Code.Ldloca } => HandedOver(value) is { } stored && IsOperation(stored),
            _ => false,
        };
}

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tests.Interleavings.Rewriting;

/// <summary>The instructions of one method, and how to put others between them.</summary>
internal sealed class MethodCode(MethodBody body)
{
    /// <summary>Where an instruction went whose place another one took.</summary>
    private readonly Dictionary<Instruction, Instruction> _moved = [];

    public MethodBody Body => body;

    public MethodDefinition Method => body.Method;

    /// <summary>The first of the prefixes of an instruction, or itself.</summary>
    public Instruction WithPrefixes(Instruction instruction)
    {
        var first = Moved(instruction);
        while (first.Previous is { OpCode.OpCodeType: OpCodeType.Prefix } prefix)
        {
            first = prefix;
        }

        return first;
    }

    /// <summary>The type that a call by an interface is made on, where it is known.</summary>
    public TypeReference? ConstraintOf(Instruction call) =>
        Moved(call).Previous is { OpCode.Code: Code.Constrained } prefix ? (TypeReference)prefix.Operand : null;

    public void RemovePrefix(Instruction call)
    {
        if (Moved(call).Previous is { OpCode.Code: Code.Constrained } prefix)
        {
            (prefix.OpCode, prefix.Operand) = (OpCodes.Nop, null);
        }
    }

    public Instruction Moved(Instruction instruction) => _moved.GetValueOrDefault(instruction, instruction);

    public VariableDefinition AddLocal(TypeReference type)
    {
        var local = new VariableDefinition(type);
        body.Variables.Add(local);
        body.InitLocals = true;
        return local;
    }

    /// <summary>
    /// Puts instructions before another, so that whoever jumps there comes to them: the first of them takes the place of that one.
    /// </summary>
    public void InsertBefore(Instruction instruction, IReadOnlyList<Instruction> inserted)
    {
        var place = Moved(instruction);
        var processor = body.GetILProcessor();
        var rest = Instruction.Create(OpCodes.Nop);
        (rest.OpCode, rest.Operand) = (place.OpCode, place.Operand);
        (place.OpCode, place.Operand) = (inserted[0].OpCode, inserted[0].Operand);
        var after = place;
        foreach (var next in inserted.Skip(1).Append(rest))
        {
            processor.InsertAfter(after, next);
            after = next;
        }

        _moved[instruction] = rest;
        if (place != instruction)
        {
            _moved[place] = rest;
        }
    }

    /// <summary>In a constructor, what is done to the object itself, which nobody else knows yet.</summary>
    public bool IsOwnConstruction(Instruction instruction) =>
        Method is { IsConstructor: true, IsStatic: false }
        && instruction.Operand is FieldReference field
        && field.DeclaringType.Resolve() == Method.DeclaringType;

    /// <summary>What puts the first argument of a call on the stack; null where that depends on a branch.</summary>
    public Instruction? FindFirstArgument(Instruction call)
    {
        var called = (MethodReference)call.Operand;
        var needed = called.Parameters.Count;
        for (var before = Moved(call).Previous; before is not null; before = before.Previous)
        {
            if (before.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            {
                return null;
            }

            needed -= Pushes(before);
            if (needed <= 0)
            {
                return before.OpCode.Code is Code.Ldflda or Code.Ldsflda && !IsJumpedOver(before, call) ? before : null;
            }

            needed += Pops(before);
        }

        return null;
    }

    /// <summary>Somebody jumps in between.</summary>
    private bool IsJumpedOver(Instruction from, Instruction call)
    {
        var between = new HashSet<Instruction>();
        for (var next = from.Next; next is not null && next != Moved(call); next = next.Next)
        {
            between.Add(next);
        }

        return body.Instructions.Any(instruction => instruction.Operand switch
        {
            Instruction target => between.Contains(target),
            Instruction[] targets => targets.Any(between.Contains),
            _ => false,
        });
    }

    public static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => instruction.Operand is MethodReference called && IsVoid(called) ? 0 : 1,
        _ => 1,
    };

    public static int Pops(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Varpop when instruction.Operand is MethodReference called =>
            called.Parameters.Count + (called.HasThis && instruction.OpCode.Code != Code.Newobj ? 1 : 0),
        StackBehaviour.Varpop => 0,
        _ => 3,
    };

    private static bool IsVoid(MethodReference called) => called.ReturnType.MetadataType == MetadataType.Void;
}

namespace Sitters.Fody.Metadata;

/// <summary>Walks through a body and skips nops: debug builds have them anywhere, also after each long ldloca of a big method.</summary>
internal static class InstructionWalk
{
    public static Instruction? After(Instruction? instruction)
    {
        var next = instruction?.Next;
        while (next?.OpCode.Code == Code.Nop)
        {
            next = next.Next;
        }

        return next;
    }

    public static Instruction? Before(Instruction? instruction)
    {
        var previous = instruction?.Previous;
        while (previous?.OpCode.Code == Code.Nop)
        {
            previous = previous.Previous;
        }

        return previous;
    }

    public static MethodReference? Called(Instruction? instruction) =>
        instruction?.OpCode.Code is Code.Call or Code.Callvirt ? instruction.Operand as MethodReference : null;

    /// <summary>The local whose value or address is loaded.</summary>
    public static VariableDefinition? Loaded(Instruction? instruction) =>
        instruction?.OpCode.Code is Code.Ldloc or Code.Ldloca ? (VariableDefinition)instruction.Operand : null;

    /// <summary>Where the arguments of a call on a local begin: a call on a generic parameter has a prefix in between.</summary>
    public static Instruction? BeforeCall(Instruction call)
    {
        var before = Before(call);
        return before?.OpCode.Code == Code.Constrained ? Before(before) : before;
    }

    public static Instruction? CallAfter(Instruction load)
    {
        var after = After(load);
        return after?.OpCode.Code == Code.Constrained ? After(after) : after;
    }

    public static void InsertAfter(ILProcessor il, Instruction target, params Instruction[] inserted)
    {
        foreach (var instruction in inserted)
        {
            il.InsertAfter(target, instruction);
            target = instruction;
        }
    }

    public static void InsertBefore(ILProcessor il, Instruction target, params Instruction[] inserted)
    {
        foreach (var instruction in inserted)
        {
            il.InsertBefore(target, instruction);
        }
    }
}

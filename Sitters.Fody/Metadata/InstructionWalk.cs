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

    /// <summary>Where a branch or a switch leads to, besides to what follows it.</summary>
    public static Instruction[] Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };

    public static Instruction Copy(Instruction instruction)
    {
        var copy = Instruction.Create(OpCodes.Nop);
        copy.OpCode = instruction.OpCode;
        copy.Operand = instruction.Operand;
        return copy;
    }

    /// <summary>
    /// Links instructions in after another, which takes no longer in a big method than in a small one. The body has them once they are
    /// committed.
    /// </summary>
    public static void InsertAfter(Instruction target, params Instruction[] inserted) => Insert(target, inserted, target.Next);

    /// <inheritdoc cref="InsertAfter"/>
    public static void InsertBefore(Instruction target, params Instruction[] inserted) => Insert(target.Previous, inserted, target);

    /// <summary>Gives the body all instructions that were linked in.</summary>
    public static void Commit(MethodBody body)
    {
        var first = body.Instructions[0];
        while (first.Previous is { } previous)
        {
            first = previous;
        }

        var all = new List<Instruction>();
        for (var instruction = first; instruction is not null; instruction = instruction.Next)
        {
            all.Add(instruction);
        }

        body.Instructions.Clear();
        all.ForEach(body.Instructions.Add);
    }

    private static void Insert(Instruction? previous, Instruction[] inserted, Instruction? next)
    {
        foreach (var instruction in inserted)
        {
            Link(previous, instruction);
            previous = instruction;
        }

        Link(previous, next);
    }

    private static void Link(Instruction? previous, Instruction? next)
    {
        if (previous is not null)
        {
            previous.Next = next;
        }

        if (next is not null)
        {
            next.Previous = previous;
        }
    }
}

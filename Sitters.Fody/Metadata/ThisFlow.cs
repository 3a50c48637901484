namespace Sitters.Fody.Metadata;

/// <summary>
/// Follows <c>this</c> through a body: which values on the stack and in locals are it, in one pass over the instructions. At a branch
/// backwards the stack is empty in what compilers make, so no more is needed.
/// </summary>
/// <param name="method">Whose body.</param>
/// <param name="hasThis">Whether its first argument is the instance that is looked for; a closure's is the closure.</param>
/// <param name="state">Judges what is done with it.</param>
internal sealed class ThisFlow(MethodDefinition method, bool hasThis, InstanceState state)
{
    private readonly HashSet<int> _locals = [];
    private readonly Dictionary<Instruction, List<bool>> _atTargets = [];
    private List<bool> _stack = [];

    /// <returns>The first use that makes the outcome depend on the instance.</returns>
    public string? Find()
    {
        foreach (var handler in method.Body.ExceptionHandlers)
        {
            var hasException = handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter;
            _atTargets[handler.HandlerStart] = hasException ? [false] : [];
            if (handler.FilterStart is not null)
            {
                _atTargets[handler.FilterStart] = [false];
            }
        }

        foreach (var instruction in method.Body.Instructions)
        {
            Join(instruction);
            if (Step(instruction) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private void Join(Instruction instruction)
    {
        var fallsThrough = instruction.Previous?.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);
        if (_atTargets.TryGetValue(instruction, out var other))
        {
            _stack = fallsThrough && _stack.Count == other.Count ? [.. _stack.Zip(other, (one, two) => one || two)] : [.. other];
        }
        else if (!fallsThrough)
        {
            _stack = [];
        }
    }

    private string? Step(Instruction instruction)
    {
        var top = _stack.Count > 0 && _stack[_stack.Count - 1];
        var operands = Pop(StackEffects.Pops(instruction, _stack.Count));
        if (state.Use(instruction, operands, top) is { } found)
        {
            return found;
        }

        if (StoredLocal(instruction) is { } stored && operands[0])
        {
            _locals.Add(stored);
        }

        var isThis = IsThis(instruction, operands);
        for (var pushed = StackEffects.Pushes(instruction); pushed > 0; pushed--)
        {
            _stack.Add(isThis);
        }

        foreach (var target in InstructionWalk.Targets(instruction))
        {
            _atTargets[target] = [.. _stack];
        }

        return null;
    }

    private bool[] Pop(int count)
    {
        var operands = new bool[count];
        for (var index = count - 1; index >= 0 && _stack.Count > 0; index--)
        {
            operands[index] = _stack[_stack.Count - 1];
            _stack.RemoveAt(_stack.Count - 1);
        }

        return operands;
    }

    private bool IsThis(Instruction instruction, bool[] operands) => instruction.OpCode.Code switch
    {
        Code.Ldarg_0 => hasThis,
        Code.Ldarg or Code.Ldarg_S => hasThis && ((ParameterDefinition)instruction.Operand).Index < 0,
        Code.Ldfld => state.IsCaptured((FieldReference)instruction.Operand),
        Code.Dup or Code.Castclass or Code.Isinst or Code.Box or Code.Unbox_Any => operands[0],
        _ => LoadedLocal(instruction) is { } loaded && _locals.Contains(loaded),
    };

    private static int? LoadedLocal(Instruction instruction) => Local(instruction, Code.Ldloc_0, Code.Ldloc_S, Code.Ldloc);

    private static int? StoredLocal(Instruction instruction) => Local(instruction, Code.Stloc_0, Code.Stloc_S, Code.Stloc);

    /// <summary>The index of the local, if the instruction has one of these codes: the first four locals have one each.</summary>
    private static int? Local(Instruction instruction, Code first, Code shortForm, Code longForm)
    {
        var code = instruction.OpCode.Code;
        return code == shortForm || code == longForm ? ((VariableDefinition)instruction.Operand).Index
            : code >= first && code < first + 4 ? code - first
            : null;
    }
}

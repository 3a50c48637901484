namespace Sitters.Fody.Checking;

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
        var operands = Pop(Pops(instruction));
        if (state.Use(instruction, operands, top) is { } found)
        {
            return found;
        }

        if (StoredLocal(instruction) is { } stored && operands[0])
        {
            _locals.Add(stored);
        }

        var isThis = IsThis(instruction, operands);
        for (var pushed = Pushes(instruction); pushed > 0; pushed--)
        {
            _stack.Add(isThis);
        }

        foreach (var target in Targets(instruction))
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

    private static int? LoadedLocal(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldloc_0 => 0,
        Code.Ldloc_1 => 1,
        Code.Ldloc_2 => 2,
        Code.Ldloc_3 => 3,
        Code.Ldloc or Code.Ldloc_S => ((VariableDefinition)instruction.Operand).Index,
        _ => null,
    };

    private static int? StoredLocal(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Stloc_0 => 0,
        Code.Stloc_1 => 1,
        Code.Stloc_2 => 2,
        Code.Stloc_3 => 3,
        Code.Stloc or Code.Stloc_S => ((VariableDefinition)instruction.Operand).Index,
        _ => null,
    };

    private static Instruction[] Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };

    private int Pops(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.PopAll => _stack.Count,
        StackBehaviour.Varpop when instruction.Operand is IMethodSignature called => Arguments(instruction, called),
        StackBehaviour.Varpop => IsVoid(method.ReturnType) ? 0 : 1,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        _ => 2,
    };

    private static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => IsVoid(((IMethodSignature)instruction.Operand).ReturnType) ? 0 : 1,
        _ => 1,
    };

    private static int Arguments(Instruction instruction, IMethodSignature called) =>
        called.Parameters.Count
        + (called is { HasThis: true, ExplicitThis: false } && instruction.OpCode.Code != Code.Newobj ? 1 : 0)
        + (instruction.OpCode.Code == Code.Calli ? 1 : 0);

    private static bool IsVoid(TypeReference type) =>
        (type is IModifierType modified ? modified.ElementType : type).FullName == "System.Void";
}

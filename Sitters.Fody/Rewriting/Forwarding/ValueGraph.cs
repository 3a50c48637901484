namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// Where each value of a body comes from and where it goes: through the evaluation stack, and through variables, which are its locals
/// and the fields of its state machine. It is read in one pass, before anything is inserted.
/// </summary>
internal sealed class ValueGraph
{
    private readonly MethodBody _body;
    private readonly TypeDefinition? _machine;
    private readonly Dictionary<Instruction, IReadOnlyList<Value>> _inputs = [];
    private readonly Dictionary<Instruction, Value> _results = [];
    private readonly Dictionary<Instruction, Stack?> _arriving = [];

    public ValueGraph(MethodBody body, TypeDefinition? machine)
    {
        _body = body;
        _machine = machine;
        Variables = new Variables(body);
        foreach (var handler in body.ExceptionHandlers)
        {
            foreach (var start in new[] { handler.HandlerStart, handler.FilterStart })
            {
                if (start is not null && handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter)
                {
                    _arriving[start!] = new Stack(new Value(null, []), null);
                }
            }
        }

        Read();
    }

    public Variables Variables { get; }

    public IReadOnlyList<Value> InputsOf(Instruction instruction) => _inputs.TryGetValue(instruction, out var inputs) ? inputs : [];

    public Value? ResultOf(Instruction instruction) => _results.TryGetValue(instruction, out var result) ? result : null;

    /// <summary>The variable that a load reads: null for what is no load.</summary>
    public object? Loaded(Value value) => value.Producer is { } load ? VariableOf(load, value.Inputs, isStore: false) : null;

    /// <summary>The values that a load may find.</summary>
    public IEnumerable<Value> Sources(Value load) =>
        StoresOf(load).Select(StoredBy).Where(value => value is not null).Select(value => value!);

    /// <summary>The stores of the values that a load may find.</summary>
    public IReadOnlyCollection<Instruction> StoresOf(Value load) =>
        Loaded(load) is { } variable ? Variables.StoresReaching(load.Producer!, variable) : [];

    /// <summary>The loads that may find what a store puts into its variable.</summary>
    public IEnumerable<Value> Targets(Instruction store) => VariableOf(store, InputsOf(store), isStore: true) is not { } variable
        ? []
        : Variables.LoadsReachedBy(store, variable).Select(ResultOf).Where(value => value is not null).Select(value => value!);

    /// <summary>Whether the instruction stores into a variable, not into somebody's field.</summary>
    public bool IsStore(Instruction instruction) => VariableOf(instruction, InputsOf(instruction), isStore: true) is not null;

    /// <summary>All loads of a variable, whatever they find.</summary>
    public IEnumerable<Value> LoadsOf(object variable) =>
        Variables.LoadsOf(variable).Select(ResultOf).Where(value => value is not null).Select(value => value!);

    private Value? StoredBy(Instruction store) => store.OpCode.Code switch
    {
        Code.Stloc or Code.Stfld => InputsOf(store) is { Count: > 0 } inputs ? inputs[inputs.Count - 1] : null,

        // A constructor that is run in place.
        Code.Call => new Value(store, InputsOf(store)),
        _ => null,
    };

    private object? VariableOf(Instruction instruction, IReadOnlyList<Value> inputs, bool isStore) => instruction.OpCode.Code switch
    {
        Code.Ldloc or Code.Ldloca when !isStore => instruction.Operand,
        Code.Ldfld or Code.Ldflda when !isStore && IsOwn(inputs) => FieldOf(instruction),
        Code.Stloc when isStore => instruction.Operand,
        Code.Stfld when isStore && IsOwn(inputs) => FieldOf(instruction),
        Code.Call when isStore && instruction.Operand is MethodReference { Name: ".ctor" } && inputs.Count > 0 => Loaded(inputs[0]),
        _ => null,
    };

    private bool IsOwn(IReadOnlyList<Value> inputs) =>
        _machine is not null
        && inputs.Count > 0
        && inputs[0].Producer is { OpCode.Code: Code.Ldarg } load
        && load.Operand == _body.ThisParameter;

    private string? FieldOf(Instruction instruction) =>
        instruction.Operand is FieldReference field && field.DeclaringType.GetElementType().FullName == _machine!.FullName
            ? field.Name
            : null;

    private void Read()
    {
        Stack? stack = null;
        foreach (var instruction in _body.Instructions)
        {
            if (_arriving.TryGetValue(instruction, out var arriving))
            {
                stack = Meet(stack, arriving);
            }

            stack = Execute(instruction, stack);
            foreach (var target in InstructionWalk.Targets(instruction))
            {
                _arriving[target] = _arriving.TryGetValue(target, out var other) ? Meet(other, stack) : stack;
            }

            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
            {
                stack = null;
            }
        }
    }

    private Stack? Execute(Instruction instruction, Stack? stack)
    {
        if (instruction.OpCode.Code == Code.Dup)
        {
            return stack is null ? null : new Stack(stack.Top, stack);
        }

        var count = StackEffects.Pops(instruction, Stack.Depth(stack));
        var inputs = new Value[count];
        for (var index = count - 1; index >= 0; index--)
        {
            // What is missing belongs to code that nothing reaches.
            inputs[index] = stack?.Top ?? new Value(null, []);
            stack = stack?.Below;
        }

        var result = StackEffects.Pushes(instruction) > 0 ? new Value(instruction, inputs) : null;
        _inputs[instruction] = inputs;
        for (var index = 0; index < count; index++)
        {
            inputs[index].Uses.Add(new Value.Use(instruction, index, result));
        }

        if (result is not null)
        {
            _results[instruction] = result;
            stack = new Stack(result, stack);
        }

        foreach (var isStore in new[] { false, true })
        {
            if (VariableOf(instruction, inputs, isStore) is { } variable)
            {
                Variables.Add(instruction, variable, isStore);
            }
        }

        return stack;
    }

    private static Stack? Meet(Stack? first, Stack? second)
    {
        if (ReferenceEquals(first, second) || first is null || second is null)
        {
            return first ?? second;
        }

        var below = Meet(first.Below, second.Below);
        if (ReferenceEquals(first.Top, second.Top))
        {
            return new Stack(first.Top, below);
        }

        var value = new Value(null, [first.Top, second.Top]);
        for (var index = 0; index < value.Inputs.Count; index++)
        {
            value.Inputs[index].Uses.Add(new Value.Use(null, index, value));
        }

        return new Stack(value, below);
    }

    /// <summary>The evaluation stack, shared between the branches that have it.</summary>
    private sealed class Stack(Value top, Stack? below)
    {
        private readonly int _depth = Depth(below) + 1;

        public Value Top => top;

        public Stack? Below => below;

        public static int Depth(Stack? stack) => stack?._depth ?? 0;
    }
}

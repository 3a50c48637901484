namespace Sitters.Fody.Metadata;

/// <summary>
/// Finds what a method knows of its own instance: the first field that it reads, by itself or through what it calls on <c>this</c>, or
/// the first place where it hands <c>this</c> to somebody else. What it only writes does not count.
/// </summary>
internal sealed class InstanceState
{
    /// <summary>The names under which compilers keep <c>this</c> in what they make of lambdas, iterators and async methods.</summary>
    private static readonly HashSet<string> _captured = ["<>4__this", "$VB$Me", "this", "__this"];

    /// <summary>The method's type, and its bases in the same module.</summary>
    private readonly HashSet<TypeDefinition> _levels = [];
    private readonly HashSet<MethodDefinition> _seen = [];
    private readonly Queue<MethodDefinition> _open = new();

    private InstanceState(MethodDefinition method)
    {
        var module = method.Module;
        for (var level = method.DeclaringType; level is not null && level.Module == module; level = level.BaseType?.Resolve())
        {
            _levels.Add(level);
        }

        Enter(method);
    }

    /// <returns>The end of a sentence about the method; null if it would do the same for every instance.</returns>
    public static string? KnownTo(MethodDefinition method)
    {
        var search = new InstanceState(method);
        while (search._open.Count > 0)
        {
            var body = search._open.Dequeue();
            if (new ThisFlow(body, search.HasThis(body), search).Find() is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>What an instruction does with <c>this</c>.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="operands">Which of its operands are <c>this</c>.</param>
    /// <param name="top">Whether what lies under a function pointer is.</param>
    /// <returns>The end of a sentence, if it makes the result depend on the instance.</returns>
    internal string? Use(Instruction instruction, bool[] operands, bool top)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldfld or Code.Ldflda:
                return operands[0] ? InstanceTexts.Reads(NameOf((FieldReference)instruction.Operand)) : null;
            case Code.Stfld:
                var isPlumbing = IsCaptured((FieldReference)instruction.Operand);
                return operands[1] && !isPlumbing ? InstanceTexts.HandedOut : null;
            case Code.Call or Code.Callvirt:
                return Called((MethodReference)instruction.Operand, operands);
            case Code.Newobj:
                var constructor = (MethodReference)instruction.Operand;
                return operands.Contains(true) && !IsOfDelegate(constructor) ? InstanceTexts.HandedOut : null;
            case Code.Ldftn:
                return Pointed((MethodReference)instruction.Operand, top);
            case Code.Ldvirtftn:
                return Pointed((MethodReference)instruction.Operand, operands[0]);
            case Code.Pop or Code.Dup or Code.Castclass or Code.Isinst or Code.Box or Code.Unbox_Any or Code.Ceq or Code.Cgt_Un
                or Code.Brtrue or Code.Brtrue_S or Code.Brfalse or Code.Brfalse_S or Code.Beq or Code.Beq_S or Code.Bne_Un or Code.Bne_Un_S:
                return null;
            default:
                return operands.Contains(true) && !IsStoreOfLocal(instruction) ? InstanceTexts.HandedOut : null;
        }
    }

    /// <summary>Whether a field of a closure or state machine keeps <c>this</c>.</summary>
    internal bool IsCaptured(FieldReference field) =>
        _captured.Contains(field.Name) && field.DeclaringType.Resolve() is { } type && IsMadeForLevel(type);

    private static bool IsStoreOfLocal(Instruction instruction) => instruction.OpCode.Code
        is Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3;

    private static bool IsOfDelegate(MethodReference constructor) =>
        constructor.Parameters.Count == 2 && constructor.Parameters[1].ParameterType.FullName == "System.IntPtr";

    /// <summary>As the source has it: the compiler's own fields have the name of a property or parameter in brackets.</summary>
    private static string NameOf(FieldReference field) =>
        field.Name.StartsWith("<", StringComparison.Ordinal) && field.Name.IndexOf('>') is > 1 and var end
            ? field.Name.Substring(1, end - 1)
            : field.Name;

    private bool HasThis(MethodDefinition body) => !body.IsStatic && _levels.Contains(body.DeclaringType);

    private string? Called(MethodReference method, bool[] operands)
    {
        var isOnThis = method.HasThis && operands[0];
        if (operands.Skip(method.HasThis ? 1 : 0).Contains(true))
        {
            return InstanceTexts.HandedOut;
        }

        return isOnThis ? CalledOnThis(method) : Pointed(method, isOnThis: false);
    }

    private string? CalledOnThis(MethodReference method)
    {
        if (method is { Name: "GetType" or ".ctor", DeclaringType.FullName: "System.Object" })
        {
            return null;
        }

        if (method.Resolve() is not { HasBody: true } definition || !_levels.Contains(definition.DeclaringType))
        {
            var accessor = method.Name.StartsWith("get_", StringComparison.Ordinal);
            return accessor ? InstanceTexts.Reads(method.Name.Substring("get_".Length)) : InstanceTexts.Calls(method.Name);
        }

        Enter(definition);
        return null;
    }

    /// <summary>A lambda or local function, which may have captured <c>this</c>, or a method that becomes a delegate.</summary>
    private string? Pointed(MethodReference method, bool isOnThis)
    {
        if (isOnThis)
        {
            return CalledOnThis(method);
        }

        if (method.Resolve() is { HasBody: true } definition
            && (IsMadeForLevel(definition.DeclaringType)
                || (_levels.Contains(definition.DeclaringType) && Names.IsCompilerMade(definition.Name))))
        {
            Enter(definition);
        }

        return null;
    }

    private bool IsMadeForLevel(TypeDefinition type) =>
        type.IsNested && !_levels.Contains(type) && Names.UserType(type) is var user && user != type && _levels.Contains(user);

    private void Enter(MethodDefinition method)
    {
        var body = AsyncBodies.AnyStateMachineOf(method)?.MoveNext ?? method;
        if (body.HasBody && _seen.Add(body))
        {
            _open.Enqueue(body);
        }
    }
}

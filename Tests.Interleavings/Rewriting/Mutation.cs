using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Tests.Interleavings.Rewriting;

/// <summary>A defect that is put into the runtime before it is rewritten. It fails where what it changes is no longer there.</summary>
internal static class Mutation
{
    /// <summary>A call is left out.</summary>
    /// <param name="method">
    /// The method, as Type.Name; of one that is async, what it does when it goes on. The constructor's name is new.
    /// </param>
    /// <param name="called">The name of what it calls.</param>
    /// <param name="index">Which of these calls in that method.</param>
    /// <param name="result">What it seems to have returned, where that is a number; another type's is null.</param>
    public static Action<IReadOnlyList<ModuleDefinition>> Drop(string method, string called, int index = 0, int result = 0) => modules =>
    {
        var body = Find(modules, method).Body;
        body.SimplifyMacros();
        Drop(body, Call(body, called, index), result);
        body.OptimizeMacros();
    };

    /// <summary>The first lock of a method is not taken, and so threads meet at what it guards.</summary>
    public static Action<IReadOnlyList<ModuleDefinition>> Unlock(string method) => modules =>
    {
        foreach (var field in FieldsOf(Find(modules, method), depth: 2).Where(field => !field.IsInitOnly).ToHashSet())
        {
            field.CustomAttributes.Add(new CustomAttribute(field.Module.ImportReference(typeof(UnguardedAttribute).GetConstructor([]))));
        }

        Drop(method, "Enter")(modules);
    };

    /// <summary>What a method writes into a field is not written.</summary>
    public static Action<IReadOnlyList<ModuleDefinition>> Keep(string method, string field) => modules =>
    {
        var body = Find(modules, method).Body;
        body.SimplifyMacros();
        var store = body.Instructions.FirstOrDefault(instruction => instruction.OpCode.Code == Code.Stfld && ((FieldReference)instruction.Operand).Name == field)
            ?? throw Missing(method, $"write {field}");
        Replace(body, store, [Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Pop)]);
        body.OptimizeMacros();
    };

    /// <summary>A call is made twice, with the same arguments.</summary>
    public static Action<IReadOnlyList<ModuleDefinition>> Twice(string method, string called) => modules =>
    {
        var body = Find(modules, method).Body;
        body.SimplifyMacros();
        var call = Call(body, called, index: 0);
        var target = (MethodReference)call.Operand;
        var arguments = target.Parameters.Select(parameter => parameter.ParameterType).Prepend(target.DeclaringType).Skip(target.HasThis ? 0 : 1)
            .Select(type => AddLocal(body, type)).ToArray();
        var loads = () => arguments.Select(argument => Instruction.Create(OpCodes.Ldloc, argument));
        List<Instruction> instead = [.. arguments.Reverse().Select(argument => Instruction.Create(OpCodes.Stloc, argument)), .. loads(), Copy(call)];
        if (target.ReturnType.MetadataType != MetadataType.Void)
        {
            instead.Add(Instruction.Create(OpCodes.Pop));
        }

        Replace(body, call, [.. instead, .. loads(), Copy(call)]);
        body.OptimizeMacros();
    };

    /// <summary>A claim that one thread alone can win is a read and a write, between which another may come.</summary>
    /// <param name="method">The method.</param>
    /// <param name="operation">The name of the operation of Interlocked.</param>
    /// <param name="index">Which of them in that method.</param>
    public static Action<IReadOnlyList<ModuleDefinition>> Plain(string method, string operation, int index = 0) => modules =>
    {
        var body = Find(modules, method).Body;
        body.SimplifyMacros();
        var call = Call(body, operation, index);
        if (new MethodCode(body).FindFirstArgument(call) is not { OpCode.Code: Code.Ldflda, Operand: FieldReference field } address)
        {
            throw Missing(method, $"have a field for {operation}");
        }

        var (owner, seen, value, expected) = (
            AddLocal(body, field.DeclaringType), AddLocal(body, field.FieldType), AddLocal(body, field.FieldType), AddLocal(body, field.FieldType));
        var end = Instruction.Create(OpCodes.Ldloc, seen);
        Instruction[] written = operation switch
        {
            "Or" => [Instruction.Create(OpCodes.Ldloc, seen), Instruction.Create(OpCodes.Ldloc, value), Instruction.Create(OpCodes.Or)],
            "And" => [Instruction.Create(OpCodes.Ldloc, seen), Instruction.Create(OpCodes.Ldloc, value), Instruction.Create(OpCodes.And)],
            _ => [Instruction.Create(OpCodes.Ldloc, value)],
        };
        Instruction[] look = operation == nameof(Interlocked.CompareExchange)
            ? [Instruction.Create(OpCodes.Ldloc, seen), Instruction.Create(OpCodes.Ldloc, expected), Instruction.Create(OpCodes.Bne_Un, end)]
            : [];
        Replace(
            body,
            call,
            [
                .. look.Length == 0 ? Array.Empty<Instruction>() : [Instruction.Create(OpCodes.Stloc, expected)],
                Instruction.Create(OpCodes.Stloc, value),
                Instruction.Create(OpCodes.Stloc, owner),
                Instruction.Create(OpCodes.Ldloc, owner),
                Instruction.Create(OpCodes.Ldfld, field),
                Instruction.Create(OpCodes.Stloc, seen),
                .. look,
                Instruction.Create(OpCodes.Ldloc, owner),
                .. written,
                Instruction.Create(OpCodes.Stfld, field),
                end,
            ]);
        (address.OpCode, address.Operand) = (OpCodes.Nop, null);
        body.OptimizeMacros();
    };

    /// <summary>The statement in which something is called comes before that in which something else is.</summary>
    public static Action<IReadOnlyList<ModuleDefinition>> Hasten(string method, string called, string before) => modules =>
    {
        var body = Find(modules, method).Body;
        body.SimplifyMacros();
        Move(body, called, Statement(body, Call(body, before, index: 0)).First);
        body.OptimizeMacros();
    };

    /// <summary>The statement in which something is called comes after that in which something else is.</summary>
    public static Action<IReadOnlyList<ModuleDefinition>> Delay(string method, string called, string after) => modules =>
    {
        var body = Find(modules, method).Body;
        body.SimplifyMacros();
        Move(body, called, Statement(body, Call(body, after, index: 0)).Last.Next);
        body.OptimizeMacros();
    };

    /// <summary>The code's own assertions are taken out: what is found then, is found by what must hold for its users.</summary>
    public static void DropAssertions(IReadOnlyList<ModuleDefinition> modules)
    {
        foreach (var body in modules.SelectMany(module => module.GetTypes()).SelectMany(type => type.Methods).Where(method => method.HasBody).Select(method => method.Body))
        {
            foreach (var call in body.Instructions.Where(instruction => IsCall(instruction, "Assert")).ToArray())
            {
                Drop(body, call, result: 0);
            }
        }
    }

    private static MethodDefinition Find(IReadOnlyList<ModuleDefinition> modules, string method)
    {
        var (type, name) = (method[..method.LastIndexOf('.')], method[(method.LastIndexOf('.') + 1)..]);
        var found = modules.SelectMany(module => module.GetTypes())
            .Single(candidate => candidate.Name.Split('`')[0] == type)
            .Methods.Where(candidate => candidate.Name == (name == "new" ? ".ctor" : name) && candidate.HasBody)
            .MaxBy(candidate => candidate.Body.Instructions.Count)
            ?? throw new InvalidOperationException($"There is no {method} any more.");
        var machine = found.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.Name == "AsyncStateMachineAttribute");
        return machine is null
            ? found
            : ((TypeReference)machine.ConstructorArguments[0].Value).Resolve().Methods.Single(candidate => candidate.Name == "MoveNext");
    }

    /// <summary>What a method reads and writes, and what it calls, as deep as that.</summary>
    private static IEnumerable<FieldDefinition> FieldsOf(MethodDefinition method, int depth)
    {
        foreach (var instruction in method.HasBody ? method.Body.Instructions.ToArray() : [])
        {
            if (instruction.Operand is FieldReference field && IsOurs(field.DeclaringType) && field.Resolve() is { } found)
            {
                yield return found;
            }
            else if (depth > 0 && instruction.Operand is MethodReference called && IsOurs(called.DeclaringType) && called.Resolve() is { } inner)
            {
                foreach (var further in FieldsOf(inner, depth - 1))
                {
                    yield return further;
                }
            }
        }
    }

    /// <summary>Not what the compiler makes, such as a state machine, which one thread has at a time.</summary>
    private static bool IsOurs(TypeReference type) =>
        type.GetElementType() is { } named
        && !named.Name.Contains('<', StringComparison.Ordinal)
        && (named.DeclaringType is { } outer ? IsOurs(outer) : named.Namespace.StartsWith("Sitters", StringComparison.Ordinal));

    private static bool IsCall(Instruction instruction, string called) =>
        instruction.OpCode.Code is Code.Call or Code.Callvirt && ((MethodReference)instruction.Operand).Name == called;

    private static Instruction Call(MethodBody body, string called, int index) =>
        body.Instructions.Where(instruction => IsCall(instruction, called)).ElementAtOrDefault(index) ?? throw Missing($"{body.Method}", $"call {called}");

    private static void Drop(MethodBody body, Instruction call, int result)
    {
        var target = (MethodReference)call.Operand;
        var arguments = target.Parameters.Count + (target.HasThis ? 1 : 0);
        Instruction[] returned = target.ReturnType.MetadataType switch
        {
            MetadataType.Void => [],
            MetadataType.Boolean or MetadataType.Int32 => [Instruction.Create(OpCodes.Ldc_I4, result)],
            _ => [Instruction.Create(OpCodes.Ldnull)],
        };
        Replace(body, call, [.. Enumerable.Range(0, arguments).Select(_ => Instruction.Create(OpCodes.Pop)), .. returned]);
    }

    /// <summary>What is on the stack before, and after, is as it was; whoever jumps there comes to what is there instead.</summary>
    private static void Replace(MethodBody body, Instruction replaced, IReadOnlyList<Instruction> instead)
    {
        var code = body.GetILProcessor();
        var at = replaced;
        foreach (var instruction in instead)
        {
            code.InsertAfter(at, instruction);
            at = instruction;
        }

        (replaced.OpCode, replaced.Operand) = (OpCodes.Nop, null);
    }

    private static void Move(MethodBody body, string called, Instruction to)
    {
        var (first, last) = Statement(body, Call(body, called, index: 0));
        var copies = new Dictionary<Instruction, Instruction>();
        for (var instruction = first; ; instruction = instruction.Next)
        {
            copies.Add(instruction, Copy(instruction));
            if (instruction == last)
            {
                break;
            }
        }

        foreach (var copy in copies.Values.Where(copy => copy.Operand is Instruction))
        {
            copy.Operand = copies[(Instruction)copy.Operand];
        }

        new MethodCode(body).InsertBefore(to, [.. copies.Values]);
        foreach (var original in copies.Keys)
        {
            (original.OpCode, original.Operand) = (OpCodes.Nop, null);
        }
    }

    /// <summary>From where nothing is on the stack to where nothing is again.</summary>
    private static (Instruction First, Instruction Last) Statement(MethodBody body, Instruction call)
    {
        var depths = StackDepths.Of(body);
        var (first, last) = (call, call);
        while (depths[first] != 0)
        {
            first = first.Previous;
        }

        while (depths[last.Next] != 0)
        {
            last = last.Next;
        }

        return (first, last);
    }

    private static VariableDefinition AddLocal(MethodBody body, TypeReference type)
    {
        var local = new VariableDefinition(type is RequiredModifierType modified ? modified.ElementType : type);
        body.Variables.Add(local);
        return local;
    }

    private static Instruction Copy(Instruction instruction)
    {
        var copy = Instruction.Create(OpCodes.Nop);
        (copy.OpCode, copy.Operand) = (instruction.OpCode, instruction.Operand);
        return copy;
    }

    private static InvalidOperationException Missing(string method, string what) => new($"{method} does not {what} any more.");
}

using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Tests.Interleavings.Rewriting;

/// <summary>Makes every operation by which threads meet a scheduling point.</summary>
internal sealed class Rewriter
{
    private readonly ModuleDefinition _module;
    private readonly RacyFields _racy;
    private readonly Operations _operations;

    private Rewriter(ModuleDefinition module, RacyFields racy)
    {
        _module = module;
        _racy = racy;
        _operations = new Operations(module);
    }

    /// <summary>How many points were put in.</summary>
    private int Count { get; set; }

    /// <param name="modules">All that is rewritten: what one of them does to a field of another counts too.</param>
    /// <returns>How many scheduling points they have.</returns>
    public static int Rewrite(IReadOnlyList<ModuleDefinition> modules)
    {
        var racy = new RacyFields(modules);
        var count = 0;
        foreach (var module in modules)
        {
            var rewriter = new Rewriter(module, racy);
            foreach (var type in module.GetTypes())
            {
                foreach (var method in type.Methods.Where(method => method.HasBody))
                {
                    rewriter.Rewrite(method);
                }
            }

            count += rewriter.Count;
        }

        return count;
    }

    private void Rewrite(MethodDefinition method)
    {
        var body = method.Body;
        body.SimplifyMacros();
        var code = new MethodCode(body);
        foreach (var instruction in body.Instructions.ToArray())
        {
            Rewrite(code, instruction);
        }

        if (method is { IsConstructor: true, IsStatic: true })
        {
            KeepUndivided(code);
        }

        body.OptimizeMacros();
    }

    private void Rewrite(MethodCode code, Instruction instruction)
    {
        if (instruction.Operand is FieldReference field && _racy.Contains(field) && !code.IsOwnConstruction(instruction))
        {
            RewriteAccess(code, instruction, field);
        }
        else if (instruction.Operand is MethodReference called && instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj)
        {
            RewriteCall(code, instruction, called);
        }
    }

    /// <summary>A plain access to a field that is also accessed by Volatile or Interlocked, or is volatile.</summary>
    private void RewriteAccess(MethodCode code, Instruction instruction, FieldReference field)
    {
        var place = Shims.Registry.Of(RacyFields.NameOf(field));
        var first = code.WithPrefixes(instruction);
        switch (instruction.OpCode.Code)
        {
            case Code.Ldsfld or Code.Stsfld:
                code.InsertBefore(first, _operations.PointAt(place, instruction.OpCode.Code == Code.Stsfld));
                break;
            case Code.Ldfld when field.DeclaringType.IsValueType:
                code.InsertBefore(first, _operations.PointAt(place, writes: false));
                break;
            case Code.Ldfld:
                code.InsertBefore(first, [Instruction.Create(OpCodes.Dup), .. _operations.Point(place, writes: false)]);
                break;
            case Code.Stfld when field.DeclaringType.IsValueType || _operations.TypeIn(code, field) is null:
                code.InsertBefore(first, _operations.PointAt(place, writes: true));
                break;
            case Code.Stfld:
                var value = code.AddLocal(_operations.TypeIn(code, field)!);
                code.InsertBefore(
                    first,
                    [
                        Instruction.Create(OpCodes.Stloc, value),
                        Instruction.Create(OpCodes.Dup),
                        .. _operations.Point(place, writes: true),
                        Instruction.Create(OpCodes.Ldloc, value),
                    ]);
                break;
            default:
                // An address: what is done by it counts, where that is.
                return;
        }

        Count++;
    }

    private void RewriteCall(MethodCode code, Instruction instruction, MethodReference called)
    {
        var first = code.WithPrefixes(instruction);
        if (RacyFields.Synchronises(called))
        {
            InsertPoint(code, instruction, called);
        }
        else if (_operations.ShimOf(called, instruction.OpCode.Code) is { } shim)
        {
            if (first != instruction)
            {
                throw new InvalidOperationException($"{code.Method} calls {called} by a prefix, which is not rewritten.");
            }

            if (shim.Place is { } place)
            {
                code.InsertBefore(instruction, [Instruction.Create(OpCodes.Ldc_I4, place(code.Method))]);
            }

            // Whatever was inserted before, the call itself is still the same object.
            var call = code.Moved(instruction);
            call.OpCode = OpCodes.Call;
            call.Operand = shim.Method;
        }
        else if (_operations.ShimOfAwaiter(called, code.ConstraintOf(instruction)) is { } onCompleted)
        {
            code.RemovePrefix(instruction);
            var call = code.Moved(instruction);
            call.OpCode = OpCodes.Call;
            call.Operand = onCompleted;
        }
        else if (Operations.MeetingOf(called) is { } meeting)
        {
            code.InsertBefore(first, _operations.Meet(meeting));
        }
        else if (Operations.IsNotModelled(called))
        {
            code.InsertBefore(first, _operations.NotModelled(called));
        }
        else
        {
            return;
        }

        Count++;
    }

    private void InsertPoint(MethodCode code, Instruction call, MethodReference called)
    {
        var writes = !called.Name.StartsWith("Read", StringComparison.Ordinal);
        if (!called.HasParameters)
        {
            code.InsertBefore(call, _operations.PointAt(Shims.Registry.Fence, writes: false));
            return;
        }

        if (code.FindFirstArgument(call) is not { Operand: FieldReference field } address)
        {
            // By a parameter, or an element of an array: the method is what is known of it.
            code.InsertBefore(call, _operations.PointAt(Shims.Registry.Of($"by reference in {code.Method.DeclaringType.Name}"), writes));
            return;
        }

        var place = Shims.Registry.Of(RacyFields.NameOf(field));
        if (address.OpCode.Code != Code.Ldflda || field.DeclaringType.IsValueType)
        {
            code.InsertBefore(call, _operations.PointAt(place, writes));
            return;
        }

        var owner = code.AddLocal(_module.TypeSystem.Object);
        code.InsertBefore(address, [Instruction.Create(OpCodes.Dup), Instruction.Create(OpCodes.Stloc, owner)]);
        code.InsertBefore(call, [Instruction.Create(OpCodes.Ldloc, owner), .. _operations.Point(place, writes)]);
    }

    /// <summary>Others that need the class would wait for it, for real.</summary>
    private void KeepUndivided(MethodCode code)
    {
        foreach (var end in code.Body.Instructions.Where(instruction => instruction.OpCode.Code == Code.Ret).ToArray())
        {
            code.InsertBefore(end, [_operations.EndStatic()]);
        }

        code.InsertBefore(code.Body.Instructions[0], [_operations.BeginStatic()]);
    }
}

using static Sitters.Fody.Metadata.InstructionWalk;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>Code around the whole of a helper that the runtime suspends: it asks for its frame, and reports its end.</summary>
internal static class HelperBoundary
{
    public static void Install(MethodDefinition method, VariableDefinition frame, ModuleReferences references)
    {
        var gate = references.Runtime.Gate;
        var body = method.Body;
        var il = body.GetILProcessor();
        Commit(body);
        var start = body.Instructions[0];
        var exception = Add(body, references.Type("System.Exception"));
        var result = ResultType(method) is { } type ? Add(body, type) : null;
        var end = Instruction.Create(OpCodes.Ldloc, frame);
        ReplaceReturns(body, result, end);
        Commit(body);

        var handler = Instruction.Create(OpCodes.Stloc, exception);
        foreach (var inner in body.ExceptionHandlers)
        {
            // A handler that ends with the body has no end of its own.
            inner.HandlerEnd ??= handler;
        }

        foreach (var instruction in (Instruction[])[
            handler,
            Instruction.Create(OpCodes.Ldloc, frame), Instruction.Create(OpCodes.Ldloc, exception), Call(gate.Faulted),
            Instruction.Create(OpCodes.Ldloc, frame), Call(gate.End),
            Instruction.Create(OpCodes.Rethrow),
            end, Call(gate.End),
            .. result is null ? Array.Empty<Instruction>() : [Instruction.Create(OpCodes.Ldloc, result)],
            Instruction.Create(OpCodes.Ret)])
        {
            il.Append(instruction);
        }

        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            CatchType = exception.VariableType,
            TryStart = start,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
        });
        var enter = Call(gate.Enter);
        InsertBefore(start, enter, Instruction.Create(OpCodes.Stloc, frame));
        SequencePoints.Hide(method, enter, start);
    }

    private static void ReplaceReturns(MethodBody body, VariableDefinition? result, Instruction end)
    {
        foreach (var ret in body.Instructions.Where(instruction => instruction.OpCode.Code == Code.Ret).ToArray())
        {
            if (result is null)
            {
                ret.OpCode = OpCodes.Leave;
                ret.Operand = end;
                continue;
            }

            ret.OpCode = OpCodes.Stloc;
            ret.Operand = result;
            InsertAfter(ret, Instruction.Create(OpCodes.Leave, end));
        }
    }

    private static TypeReference? ResultType(MethodDefinition method) =>
        method.ReturnType is GenericInstanceType { GenericArguments.Count: 1 } task ? task.GenericArguments[0] : null;

    private static VariableDefinition Add(MethodBody body, TypeReference type)
    {
        var local = new VariableDefinition(type);
        body.Variables.Add(local);
        return local;
    }

    private static Instruction Call(MethodReference method) => Instruction.Create(OpCodes.Call, method);
}

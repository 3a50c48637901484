namespace Sitters.Fody.Rewriting;

/// <summary>Emits what the sat method itself does: fill the carrier, and pass it to the runtime with the plan.</summary>
internal static class Forwarder
{
    public static void Emit(Carrier carrier)
    {
        var method = carrier.Sat.Method;
        var type = GenericArguments.Instance(carrier.Type, [.. method.DeclaringType.GenericParameters, .. method.GenericParameters]);
        var call = new VariableDefinition(type);
        if (carrier.HasMovedBody)
        {
            method.Body.InitLocals = true;
            method.Body.Variables.Add(call);
            EmitCall(method.Body.GetILProcessor(), carrier, type, call);
        }
        else
        {
            PutInFront(carrier, type, call);
        }
    }

    /// <summary>A body that stays is reached by its callers and by the runtime, which announces its own call first.</summary>
    private static void PutInFront(Carrier carrier, TypeReference type, VariableDefinition call)
    {
        var method = carrier.Sat.Method;
        var body = method.Body;
        var first = body.Instructions[0];
        var il = new MethodBody(method).GetILProcessor();
        il.Emit(OpCodes.Ldsfld, Members.On(carrier.Plan, type));
        il.Emit(OpCodes.Call, carrier.References.Runtime.Sat.IsEntered);
        il.Emit(OpCodes.Brtrue, first);
        EmitCall(il, carrier, type, call);
        InstructionWalk.InsertBefore(first, [.. il.Body.Instructions]);
        foreach (var handler in il.Body.ExceptionHandlers)
        {
            body.ExceptionHandlers.Add(handler);
        }

        InstructionWalk.Commit(body);
        body.Variables.Add(call);

        // Otherwise the JIT could inline it into the carrier's method, whose frame is hidden, and it would vanish from stack traces.
        method.ImplAttributes = (method.ImplAttributes & ~MethodImplAttributes.AggressiveInlining) | MethodImplAttributes.NoInlining;
        SequencePoints.Hide(method, body.Instructions[0], first);
    }

    private static void EmitCall(ILProcessor il, Carrier carrier, TypeReference type, VariableDefinition call)
    {
        var method = carrier.Sat.Method;
        if (carrier.This is not null)
        {
            il.Emit(OpCodes.Ldloca, call);
            il.Emit(OpCodes.Ldarg_0);
            if (carrier.ThisIsValue)
            {
                il.Emit(OpCodes.Ldobj, GenericArguments.Self(method.DeclaringType));
            }

            il.Emit(OpCodes.Stfld, Members.On(carrier.This, type));
        }

        foreach (var parameter in method.Parameters)
        {
            il.Emit(OpCodes.Ldloca, call);
            il.Emit(OpCodes.Ldarg, parameter);
            il.Emit(OpCodes.Stfld, Members.On(carrier.Arguments[parameter.Index], type));
        }

        if (ChangesThis(carrier))
        {
            EmitRunAndCopyBack(il, carrier, type, call);
        }
        else
        {
            EmitRun(il, carrier, type, call);
        }

        il.Emit(OpCodes.Ret);
    }

    private static void EmitRun(ILProcessor il, Carrier carrier, TypeReference type, VariableDefinition call)
    {
        il.Emit(OpCodes.Ldsfld, Members.On(carrier.Plan, type));
        il.Emit(OpCodes.Ldloca, call);
        il.Emit(OpCodes.Call, carrier.References.Runtime.Sat.Run(carrier.Sat.Returned, carrier.Sat.IsCached, type, carrier.Sat.Outcome));
    }

    /// <summary>A method of a struct that is not async changes the struct itself, not a copy.</summary>
    private static bool ChangesThis(Carrier carrier) => carrier.ThisIsValue
        && !carrier.Sat.IsAsync
        && !carrier.Sat.Method.DeclaringType.CustomAttributes.Any(attribute =>
            attribute.AttributeType.FullName == "System.Runtime.CompilerServices.IsReadOnlyAttribute");

    /// <summary>Also where the body throws.</summary>
    private static void EmitRunAndCopyBack(ILProcessor il, Carrier carrier, TypeReference type, VariableDefinition call)
    {
        var method = carrier.Sat.Method;
        var result = new VariableDefinition(method.ReturnType);
        method.Body.Variables.Add(result);
        var copyBack = Instruction.Create(OpCodes.Ldarg_0);
        var end = Instruction.Create(OpCodes.Ldloc, result);
        var start = il.Body.Instructions.Count;
        EmitRun(il, carrier, type, call);
        il.Emit(OpCodes.Stloc, result);
        il.Emit(OpCodes.Leave, end);
        il.Append(copyBack);
        il.Emit(OpCodes.Ldloc, call);
        il.Emit(OpCodes.Ldfld, Members.On(carrier.This!, type));
        il.Emit(OpCodes.Stobj, GenericArguments.Self(method.DeclaringType));
        il.Emit(OpCodes.Endfinally);
        il.Append(end);
        il.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = il.Body.Instructions[start],
            TryEnd = copyBack,
            HandlerStart = copyBack,
            HandlerEnd = end,
        });
    }
}

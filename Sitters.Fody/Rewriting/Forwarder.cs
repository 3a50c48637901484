namespace Sitters.Fody.Rewriting;

/// <summary>Emits what is left of the sat method itself: fill the carrier, hand it to the runtime with the plan.</summary>
internal static class Forwarder
{
    public static void Emit(Carrier carrier)
    {
        var method = carrier.Sat.Method;
        var runtime = carrier.Runtime;
        var type = GenericArguments.Instance(carrier.Type, [.. method.DeclaringType.GenericParameters, .. method.GenericParameters]);
        var il = method.Body.GetILProcessor();
        var call = new VariableDefinition(type);
        il.Body.Variables.Add(call);
        il.Body.InitLocals = true;

        if (carrier.This is not null)
        {
            il.Emit(OpCodes.Ldloca, call);
            il.Emit(OpCodes.Ldarg_0);
            if (carrier.ThisIsValue)
                il.Emit(OpCodes.Ldobj, GenericArguments.Self(method.DeclaringType));
            il.Emit(OpCodes.Stfld, Members.On(carrier.This, type));
        }

        foreach (var parameter in method.Parameters)
        {
            il.Emit(OpCodes.Ldloca, call);
            il.Emit(OpCodes.Ldarg, parameter);
            il.Emit(OpCodes.Stfld, Members.On(carrier.Arguments[parameter.Index], type));
        }

        il.Emit(OpCodes.Ldsfld, Members.On(carrier.Plan, type));
        il.Emit(OpCodes.Ldloca, call);
        il.Emit(OpCodes.Call, runtime.GenericMethod("Sat", RunName(carrier.Sat), carrier.Sat.Outcome is { } outcome ? [type, outcome] : [type]));
        if (carrier.ThisIsValue && !carrier.Sat.IsAsync && !carrier.Sat.IsStream)
            EmitCopyBack(il, carrier, type);
        il.Emit(OpCodes.Ret);
    }

    private static string RunName(SatMethod sat)
    {
        var cached = sat.IsCached ? "Cached" : "";
        return sat.Returned switch
        {
            Returned.Task => "RunTask",
            Returned.ValueTask => "RunValueTask",
            Returned.Stream => "RunStreamOf",
            Returned.Enumerator => "RunEnumeratorOf",
            Returned.TaskOf => $"Run{cached}TaskOf",
            _ => $"Run{cached}ValueTaskOf",
        };
    }

    /// <summary>A struct's method that is not async changes the struct itself, not a copy.</summary>
    private static void EmitCopyBack(ILProcessor il, Carrier carrier, TypeReference type)
    {
        var owner = carrier.Sat.Method.DeclaringType;
        if (owner.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.IsReadOnlyAttribute"))
            return;

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, il.Body.Variables[0]);
        il.Emit(OpCodes.Ldfld, Members.On(carrier.This!, type));
        il.Emit(OpCodes.Stobj, GenericArguments.Self(owner));
    }
}

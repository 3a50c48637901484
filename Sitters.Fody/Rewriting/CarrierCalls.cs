using static Sitters.Fody.References.SittersRuntime;

namespace Sitters.Fody.Rewriting;

/// <summary>What the runtime needs of every carrier: calls of the body, the hooks, and the members that hold a retry or a cache.</summary>
internal sealed class CarrierCalls(Carrier carrier)
{
    private readonly ModuleReferences _references = carrier.References;
    private readonly SatMethod _sat = carrier.Sat;

    public void Emit()
    {
        EmitInvoke();
        EmitHook();
        EmitMember(SatMethodNames.Retry, _sat.Retry);
        EmitMember(SatMethodNames.Cache, _sat.IsCached ? _sat.Cache : null);
        EmitToken();
    }

    private void EmitInvoke()
    {
        var il = carrier.AddMethod(SatMethodNames.Invoke, carrier.Own.In(_sat.Method.ReturnType), _references.Runtime.Frame);
        if (carrier.This is not null)
        {
            EmitThis(il);
        }

        for (var index = 0; index < carrier.Arguments.Count; index++)
        {
            var argument = carrier.Arguments[index];
            if (carrier.IsToken(index))
            {
                il.Emit(OpCodes.Ldarg_1);
            }

            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, carrier.Field(argument));
            if (carrier.IsToken(index))
            {
                var sat = _references.Runtime.Sat;
                il.Emit(OpCodes.Call, Parameters.IsNullableToken(argument.FieldType) ? sat.NullableToken : sat.Token);
            }
        }

        if (carrier.HasMovedBody)
        {
            il.Emit(OpCodes.Ldarg_1);
        }
        else
        {
            il.Emit(OpCodes.Ldsfld, carrier.Field(carrier.Plan));
            il.Emit(OpCodes.Call, _references.Runtime.Sat.EnterBody);
        }

        var type = carrier.Own.In(GenericArguments.Self(_sat.Method.DeclaringType));
        il.Emit(OpCodes.Call, Members.On(carrier.Body, type, [.. _sat.Method.GenericParameters.Select(carrier.Own.In)]));
        il.Emit(OpCodes.Ret);
    }

    private void EmitHook()
    {
        var il = carrier.AddMethod(SatMethodNames.Hook, _references.ValueTask, _references.Int32, _references.Runtime.Context);
        var none = new VariableDefinition(_references.ValueTask);
        il.Body.Variables.Add(none);
        il.Body.InitLocals = true;
        EmitSwitch(il, _sat.Hooks.Count, id => EmitHookCall(il, _sat.Hooks[id], none));
        EmitDefault(il, none);
    }

    private void EmitHookCall(ILProcessor il, MemberUse hook, VariableDefinition none)
    {
        EmitAccess(il, hook, takesContext: hook.Method!.HasParameters);
        switch (hook.Method.ReturnType.FullName)
        {
            case "System.Void":
                EmitDefault(il, none);
                return;
            case "System.Threading.Tasks.Task":
                il.Emit(OpCodes.Newobj, _references.Constructor("System.Threading.Tasks.ValueTask", "System.Threading.Tasks.Task"));
                break;
        }

        il.Emit(OpCodes.Ret);
    }

    private void EmitMember(string name, MemberUse? member)
    {
        var il = carrier.AddMethod(name, _references.Object);
        if (member is null)
        {
            il.Emit(OpCodes.Ldnull);
        }
        else
        {
            EmitAccess(il, member, takesContext: false);
            var type = member.Field?.FieldType ?? member.Method!.ReturnType;
            if (type.IsValueType)
            {
                il.Emit(OpCodes.Box, _references.Import(carrier.Own.In(type)));
            }
        }

        il.Emit(OpCodes.Ret);
    }

    private void EmitToken()
    {
        var il = carrier.AddMethod(SatMethodNames.Token, _references.CancellationToken, _references.Int32);
        var none = new VariableDefinition(_references.CancellationToken);
        il.Body.Variables.Add(none);
        il.Body.InitLocals = true;
        var tokens = Enumerable.Range(0, carrier.Arguments.Count).Where(carrier.IsToken).ToArray();
        EmitSwitch(il, tokens.Length, id =>
        {
            var field = carrier.Arguments[tokens[id]];
            il.Emit(OpCodes.Ldarg_0);
            if (Parameters.IsNullableToken(field.FieldType))
            {
                il.Emit(OpCodes.Ldflda, carrier.Field(field));
                il.Emit(OpCodes.Call, _references.Method("System.Nullable`1", [_references.CancellationToken], "GetValueOrDefault", 0));
            }
            else
            {
                il.Emit(OpCodes.Ldfld, carrier.Field(field));
            }

            il.Emit(OpCodes.Ret);
        });
        EmitDefault(il, none);
    }

    /// <summary>One block for each number from 0 on; other numbers fall through.</summary>
    private static void EmitSwitch(ILProcessor il, int count, Action<int> emitBlock)
    {
        if (count == 0)
        {
            return;
        }

        var blocks = Enumerable.Range(0, count).Select(_ => il.Create(OpCodes.Nop)).ToArray();
        var after = il.Create(OpCodes.Nop);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Switch, blocks);
        il.Emit(OpCodes.Br, after);
        for (var id = 0; id < count; id++)
        {
            il.Append(blocks[id]);
            emitBlock(id);
        }

        il.Append(after);
    }

    private static void EmitDefault(ILProcessor il, VariableDefinition none)
    {
        il.Emit(OpCodes.Ldloc, none);
        il.Emit(OpCodes.Ret);
    }

    private void EmitThis(ILProcessor il)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(carrier.ThisIsValue ? OpCodes.Ldflda : OpCodes.Ldfld, carrier.Field(carrier.This!));
    }

    private void EmitAccess(ILProcessor il, MemberUse member, bool takesContext)
    {
        Access.Open(member, _sat.Method.DeclaringType);
        var declaringType = _references.Import(carrier.Own.In(member.DeclaringType!));
        if (!member.IsStatic)
        {
            EmitThis(il);
        }

        if (member.Field is { } field)
        {
            il.Emit(field.IsStatic ? OpCodes.Ldsfld : OpCodes.Ldfld, _references.On(field, declaringType));
            return;
        }

        if (takesContext)
        {
            il.Emit(OpCodes.Ldarg_2);
        }

        var method = member.Method!;
        var call = method.IsStatic || !method.IsVirtual || carrier.ThisIsValue ? OpCodes.Call : OpCodes.Callvirt;
        il.Emit(call, _references.On(method, declaringType));
    }
}

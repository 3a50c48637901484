namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>
/// The gate as this module calls it: with the number of the module's map, which stands here once and not at each await.
/// </summary>
internal sealed class NumberedGate(ModuleDefinition module, int number, ModuleReferences references)
{
    private readonly SittersRuntime.GateMembers _gate = references.Runtime.Gate;
    private TypeDefinition? _type;
    private MethodDefinition? _suspend;
    private MethodDefinition? _gated;

    public MethodReference Suspend => _suspend ??= CreateSuspend();

    public MethodReference Gated(TypeReference awaiter) => Members.On(_gated ??= CreateGated(), Type, [awaiter]);

    private TypeDefinition Type
    {
        get
        {
            if (_type is null)
            {
                _type = new TypeDefinition(
                    "",
                    "<Sitters>",
                    TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit,
                    references.Object);
                _type.CustomAttributes.Add(references.Attribute("System.Runtime.CompilerServices.CompilerGeneratedAttribute"));
                module.Types.Add(_type);
            }

            return _type;
        }
    }

    private MethodDefinition CreateSuspend()
    {
        var method = Declare(nameof(Suspend), _gate.Suspend.ReturnType);
        Implement(method, _gate.Suspend);
        return method;
    }

    private MethodDefinition CreateGated()
    {
        var method = Declare(nameof(Gated), references.Void);
        var awaiter = new GenericParameter("TAwaiter", method);
        awaiter.Constraints.Add(
            new GenericParameterConstraint(references.Type("System.Runtime.CompilerServices.INotifyCompletion")));
        method.GenericParameters.Add(awaiter);
        method.ReturnType = references.Runtime.GatedAwait(awaiter);
        method.Parameters.Add(new ParameterDefinition("awaiter", ParameterAttributes.None, new ByReferenceType(awaiter)));
        Implement(method, _gate.Gated(awaiter));
        return method;
    }

    private MethodDefinition Declare(string name, TypeReference returned)
    {
        var method = new MethodDefinition(
            name,
            MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig,
            returned);
        method.CustomAttributes.Add(references.Attribute("System.Diagnostics.StackTraceHiddenAttribute"));
        Type.Methods.Add(method);
        return method;
    }

    /// <summary>Passes its arguments on, with the number as the last.</summary>
    private void Implement(MethodDefinition method, MethodReference called)
    {
        method.Parameters.Add(new ParameterDefinition("frame", ParameterAttributes.None, references.Runtime.Frame));
        method.Parameters.Add(new ParameterDefinition("traits", ParameterAttributes.None, references.Runtime.AwaitTraits.Type));
        var il = method.Body.GetILProcessor();
        foreach (var parameter in method.Parameters)
        {
            il.Emit(OpCodes.Ldarg, parameter);
        }

        il.Emit(OpCodes.Ldc_I4, number);
        il.Emit(OpCodes.Call, called);
        il.Emit(OpCodes.Ret);
        ShortForms.Give(method.Body);
    }
}

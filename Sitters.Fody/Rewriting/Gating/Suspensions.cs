using Sitters.Fody.Rewriting.Mapping;

namespace Sitters.Fody.Rewriting.Gating;

/// <summary>
/// The methods through which a state machine suspends under control: one for each method by which its builder suspends, for any awaiter.
/// </summary>
/// <param name="machine">The machine.</param>
/// <param name="frameField">The field for its frame.</param>
/// <param name="numbered">What suspends in this module.</param>
/// <param name="references">What woven code refers to.</param>
internal sealed class Suspensions(StateMachine machine, FieldDefinition frameField, NumberedGate numbered, ModuleReferences references)
{
    private readonly TypeReference _self = GenericArguments.Self(machine.Type);
    private readonly Dictionary<string, MethodDefinition> _methods = [];

    /// <summary>To be called instead of the builder's method, with one more argument: the traits of the await.</summary>
    public MethodReference For(AwaitSite site)
    {
        if (!_methods.TryGetValue(site.Builder.Name, out var method))
        {
            _methods.Add(site.Builder.Name, method = Create(site));
        }

        return Members.On(method, _self, [site.Builder.GenericArguments[0]]);
    }

    private MethodDefinition Create(AwaitSite site)
    {
        // The builder's own name: a weaver that runs after this one and changes what is awaited looks for calls of that name.
        var constraint = "System.Runtime.CompilerServices." + (site.IsCritical ? "ICriticalNotifyCompletion" : "INotifyCompletion");
        var method = new MethodDefinition(
            site.Builder.Name,
            MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig,
            references.Void)
        {
            ImplAttributes = MethodImplAttributes.NoInlining,
        };
        var awaiter = new GenericParameter("TAwaiter", method);
        awaiter.Constraints.Add(new GenericParameterConstraint(references.Type(constraint)));
        method.GenericParameters.Add(awaiter);
        var builder = site.HasClassBuilder ? site.Builder.DeclaringType : new ByReferenceType(site.Builder.DeclaringType);
        method.Parameters.Add(new ParameterDefinition("builder", ParameterAttributes.None, builder));
        method.Parameters.Add(new ParameterDefinition("awaiter", ParameterAttributes.None, new ByReferenceType(awaiter)));
        method.Parameters.Add(new ParameterDefinition("machine", ParameterAttributes.None, new ByReferenceType(_self)));
        method.Parameters.Add(new ParameterDefinition("traits", ParameterAttributes.None, references.Runtime.AwaitTraits.Type));
        method.CustomAttributes.Add(references.Attribute("System.Diagnostics.StackTraceHiddenAttribute"));
        machine.Type.Methods.Add(method);

        // The frame is read first: the builder may move the machine elsewhere.
        var frame = new VariableDefinition(references.Runtime.Frame);
        var gate = references.Runtime.Gate;
        var source = new VariableDefinition(numbered.Suspend.ReturnType);
        method.Body.Variables.Add(frame);
        method.Body.Variables.Add(source);
        var suspend = new GenericInstanceMethod(site.Builder.ElementMethod);
        suspend.GenericArguments.Add(source.VariableType);
        suspend.GenericArguments.Add(_self);

        var il = method.Body.GetILProcessor();
        il.Emit(OpCodes.Ldarg_2);
        if (!machine.Type.IsValueType)
        {
            il.Emit(OpCodes.Ldind_Ref);
        }

        il.Emit(OpCodes.Ldfld, Members.On(frameField, _self));
        il.Emit(OpCodes.Stloc, frame);
        il.Emit(OpCodes.Ldloc, frame);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, numbered.Suspend);
        il.Emit(OpCodes.Stloc, source);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloca, source);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(site.OnCompleted.OpCode, suspend);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldloc, frame);
        il.Emit(OpCodes.Call, site.IsCritical ? gate.AwaitUnsafeOnCompleted(awaiter) : gate.AwaitOnCompleted(awaiter));
        il.Emit(OpCodes.Ret);
        return method;
    }
}

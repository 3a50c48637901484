namespace Sitters.Fody.Rewriting;

/// <summary>
/// The struct that carries the arguments of one call, and through which the runtime makes it. It is nested in the sat method's own
/// type, so that it can reach everything private.
/// </summary>
internal sealed class Carrier
{
    public Carrier(SatMethod sat, MethodDefinition body, ModuleReferences references)
    {
        Sat = sat;
        Body = body;
        References = references;
        var owner = sat.Method.DeclaringType;
        Type = new TypeDefinition(
            "",
            GeneratedNames.ForNested(owner, $"<{sat.Method.Name}>$call"),
            TypeAttributes.NestedPrivate | TypeAttributes.Sealed | TypeAttributes.AutoLayout | TypeAttributes.BeforeFieldInit,
            references.Type("System.ValueType"));
        owner.NestedTypes.Add(Type);
        Type.CustomAttributes.Add(references.Attribute("System.Runtime.CompilerServices.CompilerGeneratedAttribute"));
        if (references.Exists(StackTraceHidden))
        {
            Type.CustomAttributes.Add(references.Attribute(StackTraceHidden));
        }

        TrimmerAttributes.SuppressRequirements(sat.Method, Type, references);

        var originals = owner.GenericParameters.Concat(sat.Method.GenericParameters).ToArray();
        GenericParameters.Declare(originals, Type);
        Own = new GenericArguments(
            [.. Type.GenericParameters.Take(owner.GenericParameters.Count)],
            [.. Type.GenericParameters.Skip(owner.GenericParameters.Count)]);
        GenericParameters.Constrain(originals, Type.GenericParameters, Own);
        Self = GenericArguments.Self(Type);

        This = sat.Method.IsStatic ? null : AddField("this", GenericArguments.Self(owner));
        Arguments = [.. sat.Method.Parameters.Select(AddArgument)];
        Plan = new FieldDefinition(
            "Plan",
            FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.InitOnly,
            references.Runtime.Plan.Type);
        Type.Fields.Add(Plan);
    }

    private const string StackTraceHidden = "System.Diagnostics.StackTraceHiddenAttribute";

    public SatMethod Sat { get; }

    /// <summary>The method that has the body: the one it was moved to, or the sat method itself if that is not async.</summary>
    public MethodDefinition Body { get; }

    /// <summary>
    /// The body of a method that is not async stays where it is, because stack traces, debuggers and the body itself (through
    /// <c>GetCurrentMethod</c>) expect it there; a state machine, by contrast, records which method it belongs to.
    /// </summary>
    public bool HasMovedBody => Body != Sat.Method;

    public ModuleReferences References { get; }

    public TypeDefinition Type { get; }

    /// <summary>The carrier on its own generic parameters.</summary>
    public TypeReference Self { get; }

    /// <summary>The sat method's generic parameters as the carrier has them.</summary>
    public GenericArguments Own { get; }

    public FieldDefinition? This { get; }

    public bool ThisIsValue => This is not null && Sat.Method.DeclaringType.IsValueType;

    public IReadOnlyList<FieldDefinition> Arguments { get; }

    public FieldDefinition Plan { get; }

    public bool IsToken(int index) => Parameters.IsAnyToken(Sat.Method.Parameters[index]);

    public FieldReference Field(FieldDefinition field) => Members.On(field, Self);

    public void Implement(TypeReference contract) => Type.Interfaces.Add(new InterfaceImplementation(contract));

    /// <summary>A public method of the carrier, implementing the runtime's interface.</summary>
    public ILProcessor AddMethod(string name, TypeReference returnType, params TypeReference[] parameterTypes)
    {
        var method = new MethodDefinition(
            name,
            MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.Virtual | MethodAttributes.Final
                | MethodAttributes.NewSlot,
            returnType);
        foreach (var parameterType in parameterTypes)
        {
            method.Parameters.Add(new ParameterDefinition(parameterType));
        }

        Type.Methods.Add(method);
        return method.Body.GetILProcessor();
    }

    private FieldDefinition AddArgument(ParameterDefinition parameter)
    {
        var field = AddField($"{parameter.Index}_{parameter.Name}", parameter.ParameterType);
        TrimmerAttributes.CopyNeeds(parameter, field);
        return field;
    }

    private FieldDefinition AddField(string name, TypeReference type)
    {
        var field = new FieldDefinition(name, FieldAttributes.Public, Own.In(type));
        Type.Fields.Add(field);
        return field;
    }
}

namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>Decides for one call of a method whether, and how, it can be given the token.</summary>
/// <param name="body">The code that calls.</param>
/// <param name="owner">The method that the code belongs to, as the user wrote it.</param>
/// <param name="graph">Where the arguments come from.</param>
/// <param name="references">What woven code refers to.</param>
internal sealed class CallForwarding(MethodBody body, MethodDefinition owner, ValueGraph graph, ModuleReferences references)
{
    private readonly OmittedTokens _omitted = new(body);
    private readonly TokenOverloads _overloads = new(body.Method.DeclaringType);

    public ForwardedCall? Find(Instruction call)
    {
        var called = (MethodReference)call.Operand;
        if (Resolve(called) is not { } definition)
        {
            return null;
        }

        var arguments = graph.InputsOf(call);
        var first = arguments.Count - called.Parameters.Count;
        foreach (var parameter in definition.Parameters.Where(parameter => parameter.IsOptional && Parameters.IsAnyToken(parameter)))
        {
            if (_omitted.Find(arguments[first + parameter.Index]) is { } omitted)
            {
                return new ForwardedCall(omitted, null, TaskConversion.None, parameter.Name);
            }
        }

        if (PassedThrough.ConfiguredElement(called) is { } element)
        {
            return new ForwardedCall(null, references.Runtime.Gate.ConfigureAwait(element), TaskConversion.None, "cancellationToken");
        }

        if (call.OpCode.Code == Code.Newobj
            || IsOfBase(call, definition)
            || _overloads.Find(definition, called.DeclaringType) is not { } overload
            || IsOwner(overload.Method))
        {
            return null;
        }

        return new ForwardedCall(
            null,
            Reference(called, overload),
            overload.Conversion,
            overload.Method.Parameters.Last().Name,
            IsVirtual: overload.Method is { IsVirtual: true, DeclaringType.IsValueType: false } && !IsConstrained(call));
    }

    /// <summary>Whether the user has given the call a token that can fire.</summary>
    public bool HasToken(Instruction call)
    {
        var called = (MethodReference)call.Operand;
        var arguments = graph.InputsOf(call);
        var first = arguments.Count - called.Parameters.Count;
        return called.Parameters.Any(parameter =>
            Parameters.IsAnyToken(parameter)
            && arguments[first + parameter.Index] is var argument
            && _omitted.Find(argument) is null
            && argument.Producer?.Operand is not MethodReference { Name: "get_None" });
    }

    /// <summary>
    /// A call past the overrides, as to a base: the base's overload may come back to the override that calls it here, without end.
    /// </summary>
    private static bool IsOfBase(Instruction call, MethodDefinition called) =>
        call.OpCode.Code == Code.Call
        && called is { IsVirtual: true, IsFinal: false, DeclaringType: { IsValueType: false, IsSealed: false } }
        && !IsConstrained(call);

    private static bool IsConstrained(Instruction call) => call.Previous?.OpCode.Code == Code.Constrained;

    /// <summary>A method that calls itself by another overload, as libraries do, would never end.</summary>
    private bool IsOwner(MethodDefinition overload)
    {
        var name = owner.Name.Substring(owner.Name.LastIndexOf('.') + 1);
        return overload == owner
            || (overload.Name == name && overload.Parameters.Count == owner.Parameters.Count && IsRelated(overload.DeclaringType))
            || (owner.Name.StartsWith($"<{overload.Name}>", StringComparison.Ordinal)
                && overload.DeclaringType == Names.UserType(owner.DeclaringType));
    }

    /// <summary>Whether the type that calls is, extends or implements the other.</summary>
    private bool IsRelated(TypeDefinition other)
    {
        for (var type = owner.DeclaringType; type is not null; type = type.BaseType?.Resolve())
        {
            if (type.FullName == other.FullName
                || type.Interfaces.Any(implemented => implemented.InterfaceType.GetElementType().FullName == other.FullName))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The overload as this module refers to it, on the type arguments of the call.</summary>
    private MethodReference Reference(MethodReference called, TokenOverload overload)
    {
        var method = overload.Type == called.DeclaringType && overload.Method.Module != body.Method.Module
            ? Extended(called, overload.Conversion)
            : references.On(overload.Method, overload.Type);
        if (called is not GenericInstanceMethod instance)
        {
            return method;
        }

        var result = new GenericInstanceMethod(method);
        foreach (var argument in instance.GenericArguments)
        {
            result.GenericArguments.Add(argument);
        }

        return result;
    }

    /// <summary>Where only the token is new, all other types are taken from the call, which names them as this module does.</summary>
    private MethodReference Extended(MethodReference called, TaskConversion conversion)
    {
        var method = Members.Copy(called.GetElementMethod(), called.DeclaringType);
        if (conversion != TaskConversion.None)
        {
            method.ReturnType = OtherTask(method.ReturnType);
        }

        method.Parameters.Add(new ParameterDefinition(references.CancellationToken));
        return method;
    }

    /// <summary>The value task in place of a task with the same result, or the other way round.</summary>
    private TypeReference OtherTask(TypeReference task)
    {
        var name = task.Name.StartsWith("Value", StringComparison.Ordinal) ? "Task" : "ValueTask";
        return task is GenericInstanceType instance
            ? references.Type($"System.Threading.Tasks.{name}`1", [.. instance.GenericArguments])
            : references.Type("System.Threading.Tasks." + name);
    }

    private static MethodDefinition? Resolve(MethodReference method)
    {
        try
        {
            return method.DeclaringType is ArrayType ? null : method.Resolve();
        }
        catch (AssemblyResolutionException)
        {
            // An assembly that the project refers to only by way of another: nothing is known of its overloads.
            return null;
        }
    }
}

namespace Sitters.Fody.Metadata;

/// <summary>This module's own members, and references to them on an instance of a generic type.</summary>
internal static class Members
{
    /// <summary>Whether a method has code of its own. The runtime makes that of an <c>[UnsafeAccessor]</c>, whose body is empty.</summary>
    public static bool HasCode(MethodDefinition method) => method.HasBody && method.Body.Instructions.Count > 0;

    public static FieldReference On(FieldDefinition field, TypeReference declaringType) =>
        declaringType is GenericInstanceType ? new FieldReference(field.Name, field.FieldType, declaringType) : field;

    public static MethodReference On(MethodDefinition method, TypeReference declaringType, IReadOnlyList<TypeReference>? arguments = null)
    {
        var reference = declaringType is GenericInstanceType ? Copy(method, declaringType) : method;
        if (arguments is null or { Count: 0 })
        {
            return reference;
        }

        var instance = new GenericInstanceMethod(reference);
        foreach (var argument in arguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance;
    }

    public static MethodReference Copy(MethodReference method, TypeReference declaringType)
    {
        var reference = new MethodReference(method.Name, method.ReturnType, declaringType)
        {
            HasThis = method.HasThis,
            ExplicitThis = method.ExplicitThis,
            CallingConvention = method.CallingConvention,
        };
        foreach (var parameter in method.GenericParameters)
        {
            reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
        }

        foreach (var parameter in method.Parameters)
        {
            reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        }

        return reference;
    }
}

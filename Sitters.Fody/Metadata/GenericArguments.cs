namespace Sitters.Fody.Metadata;

/// <summary>
/// Replaces generic parameters with type arguments, by position: names may be shadowed, and a nested type repeats its outer type's
/// parameters at the same positions.
/// </summary>
/// <param name="ofType">What replaces the parameters of types.</param>
/// <param name="ofMethod">What replaces the parameters of methods.</param>
/// <param name="leaf">Maps types that are neither generic parameters nor composed of others; if it is null, they stay.</param>
internal sealed class GenericArguments(
    IReadOnlyList<TypeReference> ofType,
    IReadOnlyList<TypeReference> ofMethod,
    Func<TypeReference, TypeReference>? leaf = null)
{
    public static GenericArguments Of(TypeReference type) =>
        new(type is GenericInstanceType instance ? [.. instance.GenericArguments] : [], []);

    public static GenericArguments Of(MethodReference method) => new(
        method.DeclaringType is GenericInstanceType type ? [.. type.GenericArguments] : [],
        method is GenericInstanceMethod instance ? [.. instance.GenericArguments] : []);

    /// <summary>The type instantiated on its own parameters, as its own members refer to it.</summary>
    public static TypeReference Self(TypeDefinition type) => Instance(type, [.. type.GenericParameters]);

    public static TypeReference Instance(TypeReference type, IReadOnlyList<TypeReference> arguments)
    {
        if (arguments.Count == 0)
        {
            return type;
        }

        var instance = new GenericInstanceType(type);
        foreach (var argument in arguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance;
    }

    public TypeReference In(TypeReference type) => type switch
    {
        GenericParameter { Type: GenericParameterType.Type } parameter => Argument(ofType, parameter),
        GenericParameter parameter => Argument(ofMethod, parameter),
        GenericInstanceType instance => Instance(In(instance.ElementType), [.. instance.GenericArguments.Select(In)]),
        ArrayType array => InArray(array),
        ByReferenceType reference => new ByReferenceType(In(reference.ElementType)),
        PointerType pointer => new PointerType(In(pointer.ElementType)),
        RequiredModifierType modified => new RequiredModifierType(In(modified.ModifierType), In(modified.ElementType)),
        OptionalModifierType modified => new OptionalModifierType(In(modified.ModifierType), In(modified.ElementType)),
        FunctionPointerType function => InFunctionPointer(function),
        _ => leaf?.Invoke(type) ?? type,
    };

    private static TypeReference Argument(IReadOnlyList<TypeReference> arguments, GenericParameter parameter) =>
        parameter.Position < arguments.Count ? arguments[parameter.Position] : parameter;

    private ArrayType InArray(ArrayType array)
    {
        var result = new ArrayType(In(array.ElementType));
        if (array.IsVector)
        {
            return result;
        }

        result.Dimensions.Clear();
        foreach (var dimension in array.Dimensions)
        {
            result.Dimensions.Add(dimension);
        }

        return result;
    }

    private FunctionPointerType InFunctionPointer(FunctionPointerType function)
    {
        var result = new FunctionPointerType
        {
            HasThis = function.HasThis,
            ExplicitThis = function.ExplicitThis,
            CallingConvention = function.CallingConvention,
            ReturnType = In(function.ReturnType),
        };
        foreach (var parameter in function.Parameters)
        {
            result.Parameters.Add(new ParameterDefinition(In(parameter.ParameterType)));
        }

        return result;
    }
}

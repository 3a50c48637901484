namespace Sitters.Fody.Metadata;

/// <summary>
/// Puts type arguments in the place of generic parameters, found by position: names may be shadowed, and a nested type repeats
/// its outer type's parameters under the same positions.
/// </summary>
/// <param name="ofType">What the parameters of types become.</param>
/// <param name="ofMethod">What the parameters of methods become.</param>
/// <param name="leaf">What types that are neither generic parameters nor made of others become; themselves where it is null.</param>
internal sealed class GenericArguments(
    IReadOnlyList<TypeReference> ofType,
    IReadOnlyList<TypeReference> ofMethod,
    Func<TypeReference, TypeReference>? leaf = null)
{
    public static GenericArguments Of(TypeReference type) =>
        new(type is GenericInstanceType instance ? [.. instance.GenericArguments] : [], []);

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
        GenericParameter { Type: GenericParameterType.Type } parameter => parameter.Position < ofType.Count ? ofType[parameter.Position] : parameter,
        GenericParameter parameter => parameter.Position < ofMethod.Count ? ofMethod[parameter.Position] : parameter,
        GenericInstanceType instance => Instance(In(instance.ElementType), [.. instance.GenericArguments.Select(In)]),
        ArrayType array => InArray(array),
        ByReferenceType reference => new ByReferenceType(In(reference.ElementType)),
        PointerType pointer => new PointerType(In(pointer.ElementType)),
        RequiredModifierType modified => new RequiredModifierType(In(modified.ModifierType), In(modified.ElementType)),
        OptionalModifierType modified => new OptionalModifierType(In(modified.ModifierType), In(modified.ElementType)),
        FunctionPointerType function => InFunctionPointer(function),
        _ => leaf?.Invoke(type) ?? type,
    };

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

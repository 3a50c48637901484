namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>
/// Finds the overload that takes the call's token besides: of the same name, with the same parameters and a token at its end. These are
/// the rules by which the framework's analyzer (CA2016) tells people to pass their token on.
/// </summary>
/// <param name="caller">The type whose code calls.</param>
internal sealed class TokenOverloads(TypeDefinition caller)
{
    /// <summary>What an overload must not bear where the method itself does not.</summary>
    private static readonly HashSet<string> _hindrances =
    [
        "ObsoleteAttribute", "RequiresUnreferencedCodeAttribute", "RequiresDynamicCodeAttribute", "RequiresAssemblyFilesAttribute",
        "RequiresPreviewFeaturesAttribute", "ExperimentalAttribute", "SupportedOSPlatformAttribute", "UnsupportedOSPlatformAttribute",
    ];

    /// <param name="called">The method that is called, and takes no token.</param>
    /// <param name="declaringType">Its type as the call names it.</param>
    /// <returns>The overload, of the method's own type or one of its bases.</returns>
    public TokenOverload? Find(MethodDefinition called, TypeReference declaringType)
    {
        if (called.IsConstructor || called.Name == "ContinueWith" || called.Parameters.Any(Parameters.IsAnyToken))
        {
            return null;
        }

        foreach (var type in WithBases(declaringType))
        {
            var arguments = type == declaringType ? null : GenericArguments.Of(type);
            var overload = type.Resolve()?.Methods.FirstOrDefault(method => IsOverload(method, called, arguments));
            if (overload is not null)
            {
                return new TokenOverload(overload, type, ConversionOf(overload, called, arguments)!.Value);
            }
        }

        return null;
    }

    /// <summary>How what the overload returns becomes what the method returns; null if it can't.</summary>
    private static TaskConversion? ConversionOf(MethodDefinition overload, MethodDefinition called, GenericArguments? arguments)
    {
        var from = arguments?.In(overload.ReturnType) ?? overload.ReturnType;
        return Same(called.ReturnType, from, null) ? TaskConversion.None
            : !SameResult(called.ReturnType, from) ? null
            : (Kind(from), Kind(called.ReturnType)) switch
            {
                ("ValueTask", "Task") => TaskConversion.ToTask,
                ("Task", "ValueTask") => TaskConversion.ToValueTask,
                _ => null,
            };
    }

    /// <summary>The types are the same, where generic parameters count by position.</summary>
    /// <param name="first">A type as the method's own declaration has it.</param>
    /// <param name="second">A type as the overload's has it.</param>
    /// <param name="arguments">What the generic parameters of the second's type stand for.</param>
    private static bool Same(TypeReference first, TypeReference second, GenericArguments? arguments)
    {
        second = arguments?.In(second) ?? second;
        return (first, second) switch
        {
            (GenericParameter one, GenericParameter other) => one.Type == other.Type && one.Position == other.Position,
            (GenericInstanceType one, GenericInstanceType other) => Same(one.ElementType, other.ElementType, null)
                && one.GenericArguments.Count == other.GenericArguments.Count
                && one.GenericArguments.Zip(other.GenericArguments, (left, right) => Same(left, right, null)).All(same => same),
            (ArrayType one, ArrayType other) => one.Rank == other.Rank && Same(one.ElementType, other.ElementType, null),
            (IModifierType one, IModifierType other) =>
                one.ModifierType.FullName == other.ModifierType.FullName && Same(one.ElementType, other.ElementType, null),
            (TypeSpecification one, TypeSpecification other) =>
                one.GetType() == other.GetType() && Same(one.ElementType, other.ElementType, null),
            (GenericParameter, _) or (_, GenericParameter) => false,
            _ => first.FullName == second.FullName,
        };
    }

    private static string? Kind(TypeReference type) => type.Namespace == "System.Threading.Tasks" ? type.Name.Split('`')[0] : null;

    private static bool SameResult(TypeReference first, TypeReference second) => (first, second) switch
    {
        (GenericInstanceType one, GenericInstanceType other) => Same(one.GenericArguments[0], other.GenericArguments[0], null),
        (GenericInstanceType, _) or (_, GenericInstanceType) => false,
        _ => true,
    };

    private static bool SameConstraints(GenericParameter first, GenericParameter second) =>
        first.Attributes == second.Attributes
        && first.Constraints.Select(constraint => constraint.ConstraintType.FullName)
            .SequenceEqual(second.Constraints.Select(constraint => constraint.ConstraintType.FullName));

    private static bool IsHindered(MethodDefinition overload, MethodDefinition called) => overload.CustomAttributes.Any(attribute =>
        _hindrances.Contains(attribute.AttributeType.Name)
        && called.CustomAttributes.All(own => own.AttributeType.FullName != attribute.AttributeType.FullName));

    private static IEnumerable<TypeReference> WithBases(TypeReference type)
    {
        var seen = new HashSet<string>();
        var open = new Queue<TypeReference>();
        open.Enqueue(type);
        while (open.Count > 0)
        {
            var next = open.Dequeue();
            if (!seen.Add(next.FullName) || next.Resolve() is not { } definition)
            {
                continue;
            }

            yield return next;
            var arguments = GenericArguments.Of(next);
            if (definition.IsInterface)
            {
                foreach (var implemented in definition.Interfaces)
                {
                    open.Enqueue(arguments.In(implemented.InterfaceType));
                }
            }
            else if (definition.BaseType is { } parent)
            {
                open.Enqueue(arguments.In(parent));
            }
        }
    }

    private bool IsOverload(MethodDefinition method, MethodDefinition called, GenericArguments? arguments) =>
        method != called
        && method.Name == called.Name
        && method.Parameters.Count == called.Parameters.Count + 1
        && method.IsStatic == called.IsStatic
        && method.GenericParameters.Count == called.GenericParameters.Count
        && Parameters.IsToken(method.Parameters[method.Parameters.Count - 1].ParameterType)
        && called.Parameters.All(parameter =>
            Same(parameter.ParameterType, method.Parameters[parameter.Index].ParameterType, arguments))
        && ConversionOf(method, called, arguments) is not null
        && method.GenericParameters.Zip(called.GenericParameters, SameConstraints).All(same => same)
        && IsAccessible(method, called)
        && !IsHindered(method, called);

    private bool IsAccessible(MethodDefinition overload, MethodDefinition called) =>
        overload.IsPublic
        || (overload.DeclaringType == called.DeclaringType && Access(overload) == Access(called))
        || (overload.Module == caller.Module
            && (overload.IsAssembly || overload.IsFamilyOrAssembly || (overload.IsPrivate && IsWithin(overload.DeclaringType))));

    private static MethodAttributes Access(MethodDefinition method) => method.Attributes & MethodAttributes.MemberAccessMask;

    private bool IsWithin(TypeDefinition owner)
    {
        for (var type = caller; type is not null; type = type.DeclaringType)
        {
            if (type == owner)
            {
                return true;
            }
        }

        return false;
    }
}

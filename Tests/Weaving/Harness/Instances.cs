using System.Reflection;

namespace Tests.Weaving;

/// <summary>Finds types to put in the place of generic parameters, so that a method can be compiled.</summary>
/// <param name="types">The types of the assembly: where a parameter asks for an interface, one of them may implement it.</param>
internal sealed class Instances(IReadOnlyList<Type> types)
{
    private const int MostTries = 60;

    private readonly Type[] _closed = [.. types.Where(type => type is { IsGenericTypeDefinition: false, IsAbstract: false, IsByRefLike: false })];
    private readonly Dictionary<Type, Type[]> _implementations = [];
    private readonly Dictionary<(Type, Type), Type[]?> _ofTypes = [];

    /// <summary>The arguments for the declaring type and the method; null where none were found that satisfy all constraints.</summary>
    public Type[]? ArgumentsOf(MethodBase method, Type wanted)
    {
        var ofType = OfType(method.DeclaringType!, wanted);
        if (ofType is null || !method.IsGenericMethodDefinition)
        {
            return ofType;
        }

        var closed = (MethodInfo)(ofType.Length == 0
            ? method
            : MethodBase.GetMethodFromHandle(method.MethodHandle, method.DeclaringType!.MakeGenericType(ofType).TypeHandle)!);
        return Find(method.GetGenericArguments(), ofType, wanted, arguments => closed.MakeGenericMethod(arguments)) is { } ofMethod
            ? [.. ofType, .. ofMethod]
            : null;
    }

    private Type[]? OfType(Type type, Type wanted)
    {
        if (!_ofTypes.TryGetValue((type, wanted), out var arguments))
        {
            arguments = type.IsGenericTypeDefinition ? Find(type.GetGenericArguments(), [], wanted, found => type.MakeGenericType(found)) : [];
            _ofTypes.Add((type, wanted), arguments);
        }

        return arguments;
    }

    /// <summary>Tries what seems likely, and leaves it to the runtime to say what satisfies the constraints.</summary>
    private Type[]? Find(Type[] parameters, Type[] outer, Type wanted, Action<Type[]> make)
    {
        var tries = 0;
        var chosen = new Type[parameters.Length];
        return Choose(0) ? chosen : null;

        bool Choose(int index)
        {
            if (index == parameters.Length)
            {
                return TryMake(() => make(chosen));
            }

            foreach (var candidate in Candidates(parameters[index], outer, chosen[..index], wanted).Distinct())
            {
                chosen[index] = candidate;
                if (tries++ > MostTries || Choose(index + 1))
                {
                    return tries <= MostTries;
                }
            }

            return false;
        }
    }

    private IEnumerable<Type> Candidates(Type parameter, Type[] outer, Type[] chosen, Type wanted)
    {
        var special = parameter.GenericParameterAttributes & GenericParameterAttributes.SpecialConstraintMask;
        var constraints = parameter.GetGenericParameterConstraints();
        var close = constraints.Select(constraint => Close(constraint, outer, chosen)).Where(type => type is not null).Select(type => type!).ToArray();
        Type[] candidates = constraints.Length == 0
            ? [wanted, typeof(object), typeof(int)]
            : [wanted, typeof(int), typeof(string), .. close.SelectMany(Implementations), .. close, .. chosen, typeof(Exception), typeof(DayOfWeek)];
        return candidates.Where(candidate =>
            (!special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) || candidate.IsValueType)
            && (!special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) || !candidate.IsValueType)
            && (!special.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) || candidate.IsValueType || candidate.GetConstructor([]) is not null)
            && close.All(constraint => constraint.IsAssignableFrom(candidate)));
    }

    /// <summary>A constraint in which the parameters that were decided before are replaced.</summary>
    private static Type? Close(Type constraint, Type[] outer, Type[] known)
    {
        if (constraint.IsGenericParameter)
        {
            var decided = constraint.DeclaringMethod is null && outer.Length > 0 ? outer : known;
            return constraint.GenericParameterPosition < decided.Length ? decided[constraint.GenericParameterPosition] : null;
        }

        if (!constraint.ContainsGenericParameters)
        {
            return constraint;
        }

        var arguments = constraint.GetGenericArguments().Select(argument => Close(argument, outer, known)).ToArray();
        return constraint.IsGenericType && arguments.All(argument => argument is not null)
            && TryMake(() => constraint.GetGenericTypeDefinition().MakeGenericType(arguments!))
            ? constraint.GetGenericTypeDefinition().MakeGenericType(arguments!)
            : null;
    }

    private Type[] Implementations(Type constraint)
    {
        if (!_implementations.TryGetValue(constraint, out var found))
        {
            found = [.. _closed.Where(constraint.IsAssignableFrom).OrderByDescending(type => type.IsValueType || type.GetConstructor([]) is not null).Take(3)];
            _implementations.Add(constraint, found);
        }

        return found;
    }

    private static bool TryMake(Action make)
    {
        try
        {
            make();
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or TypeLoadException or NotSupportedException)
        {
            return false;
        }
    }
}

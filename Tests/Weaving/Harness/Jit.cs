using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tests.Weaving;

/// <summary>Has every method of an assembly compiled to machine code, so that an invalid one is found without being called.</summary>
internal static class Jit
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The methods that can't be compiled, with the reason.</summary>
    public static IReadOnlyList<string> Failures(Assembly assembly) =>
        [.. assembly.GetTypes().SelectMany(Methods).SelectMany(Prepare)];

    private static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
            .Where(method => !method.IsAbstract && method.GetMethodBody() is not null);

    private static IEnumerable<string> Prepare(MethodBase method)
    {
        // Shared code for references, and code of its own for a value type.
        foreach (var argument in new[] { typeof(string), typeof(int) })
        {
            var generics = (method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : [])
                .Concat(method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : [])
                .Select(parameter => Argument(parameter, argument)?.TypeHandle)
                .ToArray();
            if (generics.Any(handle => handle is null))
                continue;

            string? failure = null;
            try
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. generics.Select(handle => handle!.Value)]);
            }
#pragma warning disable CA1031 // Whatever it is, it is this method's failure.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = $"{method.DeclaringType}.{method.Name}: {exception.GetType().Name}: {exception.Message}";
            }

            if (failure is not null)
                yield return failure;
            if (generics.Length == 0)
                yield break;
        }
    }

    /// <summary>A type that satisfies the parameter's constraints: the wanted one, or one made for the purpose; null where there is none.</summary>
    private static Type? Argument(Type parameter, Type wanted)
    {
        var constraints = parameter.GetGenericParameterConstraints();
        var special = parameter.GenericParameterAttributes & GenericParameterAttributes.SpecialConstraintMask;
        Type[] candidates = [wanted, typeof(string), typeof(int), typeof(object), .. constraints.Where(constraint => !constraint.ContainsGenericParameters)];
        return candidates.FirstOrDefault(candidate =>
            (!special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) || candidate.IsValueType)
            && (!special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) || !candidate.IsValueType)
            && (!special.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) || candidate.IsValueType || candidate.GetConstructor([]) is not null)
            && constraints.All(constraint => Satisfies(candidate, constraint)));
    }

    private static bool Satisfies(Type candidate, Type constraint) =>
        constraint.ContainsGenericParameters
            ? constraint.IsGenericParameter || candidate.GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == constraint.GetGenericTypeDefinition())
            : constraint.IsAssignableFrom(candidate);
}

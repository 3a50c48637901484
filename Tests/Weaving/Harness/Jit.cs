using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tests.Weaving;

/// <summary>Has every method of an assembly compiled to machine code, so that an invalid one is found without being called.</summary>
/// <param name="Failures">The methods that can't be compiled, with the reason.</param>
/// <param name="Compiled">How many can.</param>
/// <param name="Skipped">Generic methods for which no type arguments were found.</param>
internal sealed record Jit(IReadOnlyList<string> Failures, int Compiled, IReadOnlyList<MethodBase> Skipped)
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static Jit Compile(Assembly assembly)
    {
        var types = assembly.GetTypes();
        var instances = new Instances(types);
        var work = types.SelectMany(Methods).Select(method => (method, instantiations: Instantiations(method, instances))).ToArray();
        var failures = new ConcurrentBag<string>();
        Parallel.ForEach(work.SelectMany(entry => entry.instantiations, (entry, arguments) => (entry.method, arguments)), entry =>
        {
            if (Prepare(entry.method, entry.arguments) is { } failure)
            {
                failures.Add(failure);
            }
        });

        return new Jit(
            [.. failures],
            work.Sum(entry => entry.instantiations.Length),
            [.. work.Where(entry => entry.instantiations.Length == 0).Select(entry => entry.method)]);
    }

    /// <summary>Shared code for references, and code of its own for a value type.</summary>
    private static Type[][] Instantiations(MethodBase method, Instances instances)
    {
        if (!IsGeneric(method))
        {
            return [[]];
        }

        return [.. new[] { typeof(string), typeof(int) }.Select(wanted => instances.ArgumentsOf(method, wanted)).OfType<Type[]>()];
    }

    private static bool IsGeneric(MethodBase method) => method.IsGenericMethodDefinition || method.DeclaringType!.IsGenericTypeDefinition;

    private static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
            .Where(method => !method.IsAbstract && method.GetMethodBody() is not null);

    private static string? Prepare(MethodBase method, Type[] arguments)
    {
        try
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. arguments.Select(argument => argument.TypeHandle)]);
            return null;
        }
#pragma warning disable CA1031 // Whatever it is, it is this method's failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return $"{method.DeclaringType}.{method.Name}: {exception.GetType().Name}: {exception.Message}";
        }
    }
}

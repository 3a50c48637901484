using Sitters.Fody.Rewriting.Forwarding;

namespace Sitters.Fody.Rewriting.Mapping;

/// <summary>The types of values as the source declares them.</summary>
internal sealed class StaticTypes(ValueGraph graph)
{
    private const string Configured = "System.Runtime.CompilerServices.Configured";

    /// <summary>Whether it is a delegate that is made or called here.</summary>
    public static bool IsDelegate(MethodReference called) =>
        called is { Name: "Invoke", HasThis: true } or { Name: ".ctor", Parameters.Count: 2 }
        && (PassedThrough.IsDelegate(called.DeclaringType)
            || TryResolve(called.DeclaringType)?.BaseType?.FullName == "System.MulticastDelegate");

    /// <summary>The type of a member, by the interface that people know where the compiler uses another type for it.</summary>
    public static string OfMember(MethodReference called) =>
        called.DeclaringType is GenericInstanceType type
        && type.ElementType.FullName.StartsWith(Configured + "CancelableAsyncEnumerable", StringComparison.Ordinal)
            ? $"IAsyncEnumerator<{Names.Short(type.GenericArguments[0])}>"
            : Names.Short(called.DeclaringType);

    /// <summary>The type that <c>DisposeAsync</c> is called on, by an interface or not.</summary>
    public string OfDisposed(Value disposed, MethodReference called)
    {
        var type = called.DeclaringType.FullName switch
        {
            "System.IAsyncDisposable" => Of(disposed),
            Configured + "AsyncDisposable" => graph.Sources(disposed).Append(disposed)
                .Where(source => source.Producer?.Operand is MethodReference { Name: "ConfigureAwait" })
                .Select(source => Of(source.Inputs[0]))
                .FirstOrDefault(),
            _ => null,
        };
        return type is null ? OfMember(called) : Names.Short(type);
    }

    private static TypeReference? Of(Value value)
    {
        var type = value.Producer?.Operand switch
        {
            VariableDefinition local => local.VariableType,
            ParameterDefinition parameter => parameter.ParameterType,
            FieldReference field => GenericArguments.Of(field.DeclaringType).In(field.FieldType),
            MethodReference { Name: ".ctor" } made => made.DeclaringType,
            MethodReference called => GenericArguments.Of(called).In(called.ReturnType),
            TypeReference cast => cast,
            _ => null,
        };
        return type is ByReferenceType reference ? reference.ElementType : type;
    }

    private static TypeDefinition? TryResolve(TypeReference type)
    {
        try
        {
            return type.Resolve();
        }
        catch (AssemblyResolutionException)
        {
            // An assembly that the project refers to only by way of another.
            return null;
        }
    }
}

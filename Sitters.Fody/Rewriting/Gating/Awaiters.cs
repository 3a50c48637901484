namespace Sitters.Fody.Rewriting.Gating;

/// <summary>The framework's own awaiters, which the runtime can look into.</summary>
internal static class Awaiters
{
    private const string Services = "System.Runtime.CompilerServices.";

    private static readonly Dictionary<string, string> _access = new()
    {
        [Services + "TaskAwaiter"] = "TaskAccess",
        [Services + "TaskAwaiter`1"] = "TaskAccess`1",
        [Services + "ConfiguredTaskAwaitable/ConfiguredTaskAwaiter"] = "ConfiguredTaskAccess",
        [Services + "ConfiguredTaskAwaitable`1/ConfiguredTaskAwaiter"] = "ConfiguredTaskAccess`1",
        [Services + "ValueTaskAwaiter"] = "ValueTaskAccess",
        [Services + "ValueTaskAwaiter`1"] = "ValueTaskAccess`1",
        [Services + "ConfiguredValueTaskAwaitable/ConfiguredValueTaskAwaiter"] = "ConfiguredValueTaskAccess",
        [Services + "ConfiguredValueTaskAwaitable`1/ConfiguredValueTaskAwaiter"] = "ConfiguredValueTaskAccess`1",
    };

    public static TypeReference AccessTo(TypeReference awaiter, RuntimeTypes runtime) =>
        _access.TryGetValue(awaiter.GetElementType().FullName, out var access)
            ? runtime.Type(access, awaiter is GenericInstanceType instance ? [.. instance.GenericArguments] : [])
            : runtime.Type("OtherAccess`1", awaiter);

    public static bool IsConfigured(TypeReference awaiter) =>
        awaiter.GetElementType().FullName.StartsWith(Services + "Configured", StringComparison.Ordinal);
}

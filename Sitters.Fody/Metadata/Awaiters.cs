namespace Sitters.Fody.Metadata;

/// <summary>The framework's own awaiters, by their full names.</summary>
internal static class Awaiters
{
    public const string Task = Namespace + "TaskAwaiter";
    public const string TaskOf = Namespace + "TaskAwaiter`1";
    public const string ConfiguredTask = Configured + "TaskAwaitable/ConfiguredTaskAwaiter";
    public const string ConfiguredTaskOf = Configured + "TaskAwaitable`1/ConfiguredTaskAwaiter";
    public const string ValueTask = Namespace + "ValueTaskAwaiter";
    public const string ValueTaskOf = Namespace + "ValueTaskAwaiter`1";
    public const string ConfiguredValueTask = Configured + "ValueTaskAwaitable/ConfiguredValueTaskAwaiter";
    public const string ConfiguredValueTaskOf = Configured + "ValueTaskAwaitable`1/ConfiguredValueTaskAwaiter";

    private const string Namespace = "System.Runtime.CompilerServices.";
    private const string Configured = Namespace + "Configured";

    public static bool IsConfigured(TypeReference awaiter) =>
        awaiter.GetElementType().FullName.StartsWith(Configured, StringComparison.Ordinal);
}

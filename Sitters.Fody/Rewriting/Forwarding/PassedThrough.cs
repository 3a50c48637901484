namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>Calls that begin nothing of their own: what they return stands for what they were given.</summary>
internal static class PassedThrough
{
    /// <summary>On a task, or what is made of one for an await.</summary>
    private static readonly HashSet<string> _ofTasks = ["GetAwaiter", "ConfigureAwait", "AsTask", "Preserve", "Unwrap", "WaitAsync"];

    /// <summary>On a stream: what it brings is awaited element by element.</summary>
    private static readonly HashSet<string> _ofStreams = ["GetAsyncEnumerator", "MoveNextAsync", "ConfigureAwait"];

    /// <summary>On a collection of tasks.</summary>
    private static readonly HashSet<string> _ofCollections =
    [
        "get_Item", "GetEnumerator", "get_Current", "AsSpan", "op_Implicit",
        "InlineArrayAsReadOnlySpan", "InlineArrayAsSpan", "InlineArrayElementRef", "InlineArrayFirstElementRef",
    ];

    private static readonly HashSet<string> _tasks =
    [
        "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1", "System.Threading.Tasks.ValueTask",
        "System.Threading.Tasks.ValueTask`1", "System.Threading.Tasks.TaskExtensions",
    ];

    /// <summary>Tasks by any of the framework's names.</summary>
    public static bool IsTask(TypeReference type) => _tasks.Contains(type.GetElementType().FullName);

    /// <summary>A task, what an await makes of one, or a collection of tasks.</summary>
    public static bool IsOperation(TypeReference type) =>
        IsTask(type)
        || IsConfigured(type)
        || (type is ArrayType array && IsTask(array.ElementType))
        || (type is GenericInstanceType { GenericArguments: { Count: > 0 } arguments } && IsTask(arguments[arguments.Count - 1]));

    /// <summary>The result of the call is its first operand in another shape.</summary>
    public static bool Is(MethodReference called) =>
        called.Name == "GetAwaiter"
        || (_ofTasks.Contains(called.Name) && (IsTask(called.DeclaringType) || IsConfigured(called.DeclaringType)))
        || _ofStreams.Contains(called.Name)
        || _ofCollections.Contains(called.Name)
        || (called.Name == ".ctor" && IsSpanOrValueTask(called.DeclaringType));

    /// <summary>All operands are tasks, or collections of tasks, that are awaited together.</summary>
    public static bool Combines(MethodReference called) =>
        called.Name is "WhenAll" or "WhenAny" or "WhenEach" && called.DeclaringType.FullName == "System.Threading.Tasks.Task";

    /// <summary>The token that it takes only keeps it from beginning: what runs does not end by it.</summary>
    public static bool StartsOnly(MethodReference called) => called switch
    {
        { Name: "Run", DeclaringType.FullName: "System.Threading.Tasks.Task" } => true,
        { Name: "StartNew" } => called.DeclaringType.GetElementType().FullName.StartsWith("System.Threading.Tasks.TaskFactory", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>It lets time pass, and brings nothing.</summary>
    public static bool OnlyWaits(MethodReference called) =>
        called.Name == "Delay" && called.DeclaringType.FullName == "System.Threading.Tasks.Task";

    /// <summary>Puts its second operand into the collection that is its first.</summary>
    public static bool IsAddition(MethodReference called) =>
        called.Name is "Add" or "Enqueue" or "Push" && called.HasThis && called.Parameters.Count == 1;

    private static bool IsConfigured(TypeReference type) =>
        type.FullName.StartsWith("System.Runtime.CompilerServices.Configured", StringComparison.Ordinal);

    private static bool IsSpanOrValueTask(TypeReference type) => type.GetElementType().FullName
        is "System.Span`1" or "System.ReadOnlySpan`1" or "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask`1";
}

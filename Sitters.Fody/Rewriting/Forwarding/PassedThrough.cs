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
        "get_Item", "GetEnumerator", "AsSpan", "op_Implicit", "AsEnumerable", "ToArray", "ToList", "ToHashSet",
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
        || (type is GenericInstanceType { GenericArguments: { Count: > 0 } arguments }
            && IsTask(arguments[arguments.Count - 1])
            && !IsDelegate(type));

    /// <summary>The result of the call is its first operand in another shape.</summary>
    public static bool Is(MethodReference called) =>
        called.Name == "GetAwaiter"
        || (_ofTasks.Contains(called.Name) && (IsTask(called.DeclaringType) || IsConfigured(called.DeclaringType)))
        || _ofStreams.Contains(called.Name)
        || _ofCollections.Contains(called.Name)
        || (called.Name == "get_Current" && IsOperation(called.DeclaringType))
        || (called.Name == ".ctor" && IsSpanOrValueTask(called.DeclaringType));

    /// <summary>All operands are tasks, or collections of tasks, that are awaited together.</summary>
    public static bool Combines(MethodReference called) =>
        called.Name is "WhenAll" or "WhenAny" or "WhenEach" && called.DeclaringType.FullName == "System.Threading.Tasks.Task";

    /// <summary>Which operand of the call is a delegate that it calls, and whose tasks its result stands for; null if none is.</summary>
    public static int? CallsBack(MethodReference called)
    {
        var last = called.Parameters.Count - (called.HasThis ? 0 : 1);
        return (called.DeclaringType.GetElementType().FullName, called.Name) switch
        {
            ("System.Linq.Enumerable" or "System.Linq.ImmutableArrayExtensions", "Select") => last,
            ("System.Collections.Generic.List`1" or "System.Array", "ConvertAll") => last,
            ("System.Threading.Tasks.Parallel", "ForEachAsync" or "ForAsync") => last,
            ("System.Threading.Tasks.Task", "Run") => 0,
            _ => called.Name == "Invoke" && IsDelegate(called.DeclaringType) ? 0 : null,
        };
    }

    /// <summary>The delegates by which tasks are begun.</summary>
    public static bool IsDelegate(TypeReference type) =>
        type.GetElementType().FullName is var name
        && (name.StartsWith("System.Func`", StringComparison.Ordinal) || name == "System.Converter`2");

    /// <summary>What a stream brings that is configured for <c>await foreach</c>; null for all other calls.</summary>
    public static TypeReference? ConfiguredElement(MethodReference called) =>
        called is GenericInstanceMethod
        {
            Name: "ConfigureAwait",
            DeclaringType.FullName: "System.Threading.Tasks.TaskAsyncEnumerableExtensions",
            GenericArguments: { Count: 1 } arguments,
        }
            ? arguments[0]
            : null;

    /// <summary>The token that it takes only keeps it from beginning: what runs does not end by it.</summary>
    public static bool StartsOnly(MethodReference called) => called switch
    {
        { Name: "Run", DeclaringType.FullName: "System.Threading.Tasks.Task" } => true,
        { Name: "StartNew" } => called.DeclaringType.GetElementType().FullName
            is "System.Threading.Tasks.TaskFactory" or "System.Threading.Tasks.TaskFactory`1",
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

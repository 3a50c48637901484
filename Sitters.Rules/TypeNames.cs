namespace Sitters.Rules;

/// <summary>Types of the framework that the checks treat in their own way, by their full names in metadata.</summary>
internal static class TypeNames
{
    /// <summary>Results that can be used only once: after the first caller nothing is left in them for the next.</summary>
    public static IReadOnlyCollection<string> SingleUse { get; } = new HashSet<string>
    {
        "System.Collections.IEnumerator", "System.Collections.Generic.IEnumerator`1", "System.Collections.Generic.IAsyncEnumerator`1",
        "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1", "System.IO.Stream",
    };

    /// <summary>The attributes of code that nobody has written.</summary>
    public static IReadOnlyCollection<string> Generated { get; } = new HashSet<string>
    {
        "System.CodeDom.Compiler.GeneratedCodeAttribute", "System.Runtime.CompilerServices.CompilerGeneratedAttribute",
    };

    /// <summary>Values that refer to an array, and compare which one.</summary>
    public static IReadOnlyCollection<string> Views { get; } = new HashSet<string>
    {
        "System.ArraySegment`1", "System.Memory`1", "System.ReadOnlyMemory`1", "System.Collections.Immutable.ImmutableArray`1",
    };
}

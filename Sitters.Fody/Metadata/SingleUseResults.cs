namespace Sitters.Fody.Metadata;

/// <summary>Results that can be used only once: taken, there is nothing left in them for the next caller.</summary>
internal static class SingleUseResults
{
    private static readonly HashSet<string> _names =
    [
        "System.Collections.IEnumerator", "System.Collections.Generic.IEnumerator`1", "System.Collections.Generic.IAsyncEnumerator`1",
        "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1", "System.IO.Stream",
    ];

    /// <summary>The type that makes it one of them; null where it is none.</summary>
    public static TypeReference? Of(TypeReference result)
    {
        for (var type = result.Resolve(); type is not null; type = type.BaseType?.Resolve())
        {
            if (_names.Contains(type.FullName))
            {
                return type;
            }
        }

        return null;
    }
}

namespace Sitters.Fody.Metadata;

/// <summary>Results that can be used only once: after the first caller nothing is left in them for the next.</summary>
internal static class SingleUseResults
{
    private static readonly HashSet<string> _names =
    [
        "System.Collections.IEnumerator", "System.Collections.Generic.IEnumerator`1", "System.Collections.Generic.IAsyncEnumerator`1",
        "System.Threading.Tasks.ValueTask", "System.Threading.Tasks.ValueTask`1", "System.IO.Stream",
    ];

    /// <summary>The type that makes the result one of them; null if none does.</summary>
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

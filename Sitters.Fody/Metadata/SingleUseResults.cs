namespace Sitters.Fody.Metadata;

/// <summary>Finds results that can be used only once.</summary>
internal static class SingleUseResults
{
    /// <summary>The type that makes the result one of them; null if none does.</summary>
    public static TypeReference? Of(TypeReference result)
    {
        for (var type = result.Resolve(); type is not null; type = type.BaseType?.Resolve())
        {
            if (TypeNames.SingleUse.Contains(type.FullName))
            {
                return type;
            }
        }

        return null;
    }
}

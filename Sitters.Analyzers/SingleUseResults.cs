namespace Sitters.Analyzers;

/// <summary>Finds results that can be used only once.</summary>
internal static class SingleUseResults
{
    /// <summary>The type that makes the result one of them; null if none does.</summary>
    public static string? Of(ITypeSymbol result)
    {
        for (var type = result; type is INamedTypeSymbol named; type = type.BaseType)
        {
            if (TypeNames.SingleUse.Contains(Names.InMetadata(named)))
            {
                return Names.OfDefinition(named);
            }
        }

        return null;
    }
}

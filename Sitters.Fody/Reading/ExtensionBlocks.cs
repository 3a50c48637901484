namespace Sitters.Fody.Reading;

/// <summary>
/// The compiler declares the members of an extension block a second time, without bodies, in a type for each receiver. What is called are
/// static methods of the type around it.
/// </summary>
internal static class ExtensionBlocks
{
    private const string Getter = "get_";

    public static bool IsDeclaration(TypeDefinition? type) =>
        type is not null && (type.Name.StartsWith("<G>$", StringComparison.Ordinal) || IsDeclaration(type.DeclaringType));

    /// <summary>The property of an extension block of which this is the getter: only the declaration bears the attributes.</summary>
    public static PropertyDefinition? PropertyOf(MethodDefinition method)
    {
        if (!method.IsStatic || !method.Name.StartsWith(Getter, StringComparison.Ordinal))
        {
            return null;
        }

        var receiver = method.Parameters.FirstOrDefault()?.ParameterType.FullName;
        return method.DeclaringType.NestedTypes
            .Where(type => IsDeclaration(type) && (receiver is null || ReceiversOf(type).Contains(receiver)))
            .SelectMany(type => type.Properties)
            .FirstOrDefault(property =>
                property.Name == method.Name.Substring(Getter.Length)
                && property.GetMethod is { } getter
                && getter.IsStatic == receiver is null);
    }

    private static IEnumerable<string> ReceiversOf(TypeDefinition type) => type.NestedTypes
        .SelectMany(marker => marker.Methods)
        .SelectMany(method => method.Parameters)
        .Select(parameter => parameter.ParameterType.FullName);
}

namespace Sitters.Analyzers;

/// <summary>Reads what a <c>[Sit]</c> sets.</summary>
internal static class AttributeReader
{
    public static AttributeData? Find(ISymbol owner) => owner.GetAttributes().FirstOrDefault(attribute =>
        attribute.AttributeClass is { Name: "SitAttribute", ContainingNamespace: { Name: "Sitters", ContainingNamespace.IsGlobalNamespace: true } });

    /// <summary>Whether the compiler itself finds no fault with its values.</summary>
    public static bool IsReadable(AttributeData attribute) => attribute.NamedArguments.All(argument => IsReadable(argument.Value));

    /// <param name="attribute">The attribute.</param>
    /// <param name="level">Of what it stands on.</param>
    /// <param name="ownerName">The name of that.</param>
    /// <param name="location">Where it is told of.</param>
    public static Layer Read(AttributeData attribute, Level level, string ownerName, Location? location)
    {
        var values = new Dictionary<Setting, object?>();
        foreach (var argument in attribute.NamedArguments)
        {
            if (KnownSettings.Find(argument.Key) is { } setting)
            {
                values[setting] = Value(setting, argument.Value);
            }
        }

        return new Layer(level, $"[Sit] on {ownerName}", location, values);
    }

    private static bool IsReadable(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Error => false,
        TypedConstantKind.Array => constant.IsNull || constant.Values.All(IsReadable),
        TypedConstantKind.Type => constant.Value is not ITypeSymbol { TypeKind: TypeKind.Error },
        _ => true,
    };

    private static object? Value(Setting setting, TypedConstant constant) => setting.Kind switch
    {
        SettingKind.Texts => Elements(constant).Select(value => value as string ?? "").ToArray(),
        SettingKind.Types => Elements(constant).OfType<ITypeSymbol>().ToArray(),
        _ => constant.Value,
    };

    private static IEnumerable<object?> Elements(TypedConstant constant) =>
        constant.IsNull ? [] : constant.Values.Select(element => element.Value);
}

namespace Sitters.Fody.Reading;

/// <summary>Reads what a <c>[Sit]</c> sets.</summary>
internal static class AttributeReader
{
    public static bool Has(ICustomAttributeProvider owner) => Find(owner) is not null;

    public static Layer? Read(ICustomAttributeProvider owner, Level level, Func<string> ownerName, Func<SequencePoint?> location)
    {
        if (Find(owner) is not { } attribute)
        {
            return null;
        }

        var values = new Dictionary<Setting, object?>();
        foreach (var property in attribute.Properties)
        {
            if (KnownSettings.Find(property.Name) is { } setting)
            {
                values[setting] = Value(setting, property.Argument.Value);
            }
        }

        return new Layer(level, $"[Sit] on {ownerName()}", location(), values);
    }

    private static CustomAttribute? Find(ICustomAttributeProvider owner) => owner.HasCustomAttributes
        ? owner.CustomAttributes.FirstOrDefault(candidate => candidate.AttributeType.FullName == SittersRuntime.SitAttribute)
        : null;

    private static object? Value(Setting setting, object? raw) => setting.Kind switch
    {
        SettingKind.Texts => Elements(raw).Select(name => name as string ?? "").ToArray(),
        SettingKind.Types => Elements(raw).OfType<TypeReference>().ToArray(),
        _ => raw,
    };

    private static IEnumerable<object?> Elements(object? raw) =>
        (raw as CustomAttributeArgument[] ?? []).Select(element => element.Value);
}

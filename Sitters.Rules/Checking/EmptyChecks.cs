namespace Sitters.Rules.Checking;

/// <summary>Names with nothing in them, in attributes; those of FodyWeavers.xml are told where it is read.</summary>
internal static class EmptyChecks
{
    public static IEnumerable<Finding> Of(Layer layer) => layer.Values
        .Where(entry => entry.Key.Kind switch
        {
            SettingKind.Text => string.IsNullOrWhiteSpace(entry.Value as string),
            SettingKind.Type => entry.Value is null,
            _ => false,
        })
        .Select(entry => KnownRules.UnusableMember.Broken(
            $"{layer.Where}: {entry.Key} = {(entry.Value is string text ? $"\"{text}\"" : "null")}: there is nothing in it; "
                + $"write a name, or leave {entry.Key} out",
            layer.Location));
}

using System.Globalization;

namespace Sitters.Rules.Reading;

/// <summary>Turns the text of an XML attribute into the value of a setting.</summary>
internal sealed class XmlValues(INamedTypes types)
{
    private static readonly char[] _listSeparators = [' ', '\t', '\r', '\n', ','];

    public object? Read(Setting setting, string text) => setting.Kind switch
    {
        SettingKind.Text => NotEmpty(setting, text),
        SettingKind.Texts => Split(text),
        SettingKind.Type => Type(NotEmpty(setting, text)),
        SettingKind.Types => Split(text).Select(Type).ToArray(),
        SettingKind.Seconds => Seconds(text),
        SettingKind.Count => Count(text),
        SettingKind.Switch => Switch(text),
        SettingKind.Choice => Choice(setting, text),
        _ => throw new NotSupportedException(setting.Kind.ToString()),
    };

    public static bool Switch(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => throw new FormatException("write true or false"),
    };

    private static string NotEmpty(Setting setting, string text) => text.Trim() is { Length: > 0 } value
        ? value
        : throw new FormatException($"there is nothing in it; write a name, or leave {setting} out");

    public static IReadOnlyList<string> Split(string text) => text.Split(_listSeparators, StringSplitOptions.RemoveEmptyEntries);

    private static double Seconds(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException("write a number of seconds, such as 1.5");

    private static int Count(string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException("write a whole number");

    private static int Choice(Setting setting, string text)
    {
        for (var index = 0; index < setting.Choices.Count; index++)
        {
            if (setting.Choices[index] == text.Trim())
            {
                return index;
            }
        }

        throw new FormatException($"write one of {string.Join(", ", setting.Choices)}{Nearest.Hint(text, setting.Choices)}");
    }

    private TypeHandle Type(string name) =>
        types.Find(name)
        ?? throw new FormatException(
            $"there is no type '{name}' in this assembly or those it references; write its full name{Nearest.Hint(name, types.Known())}");
}

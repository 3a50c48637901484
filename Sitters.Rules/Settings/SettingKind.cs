namespace Sitters.Rules.Settings;

/// <summary>What a setting's value is, in an attribute and in XML.</summary>
internal enum SettingKind
{
    Text,
    Texts,
    Type,
    Types,
    Seconds,
    Count,
    Switch,
    Choice,
}

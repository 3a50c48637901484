namespace Sitters.Rules.Settings;

/// <summary>Where a method is sat from, or a setting comes from; the closest first.</summary>
internal enum Level
{
    Method,
    Type,
    Assembly,
    Apply,
    Defaults,
}

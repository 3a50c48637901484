using System.Globalization;

namespace Sitters.Rules.Checking;

/// <summary>Numbers that no method could use, wherever they are set.</summary>
internal static class RangeChecks
{
    /// <summary>What .NET can tell from nothing: a shorter time would become 0, which means another thing.</summary>
    private static readonly double _tick = TimeSpan.FromTicks(1).TotalSeconds;

    public static IEnumerable<Finding> Of(Layer layer)
    {
        foreach (var entry in layer.Values)
        {
            if (Number(entry.Value) is not { } number || IsInRange(entry.Key, number))
            {
                continue;
            }

            var given = number.ToString(CultureInfo.InvariantCulture);
            yield return KnownRules.OutOfRange.Broken(
                $"{layer.Where}: {entry.Key} = {given} is out of range; {Advice(entry.Key)}.",
                layer.Location);
        }
    }

    // Written so that NaN is out of range.
    private static bool IsInRange(Setting setting, double number) =>
        number >= setting.Minimum
        && number <= setting.Maximum
        && !(setting is { Kind: SettingKind.Seconds, ZeroIsNone: true } && number > 0 && number < _tick);

    private static double? Number(object? value) => value switch
    {
        double number => number,
        int number => number,
        _ => null,
    };

    private static string Advice(Setting setting) => setting.Kind switch
    {
        SettingKind.Count => $"write a whole number from {Math.Max(setting.Minimum, setting.ZeroIsNone ? 1 : 0)} on",
        SettingKind.Choice => $"write one of {string.Join(", ", setting.Choices)}",
        _ => $"write a number of seconds {(setting.ZeroIsNone ? "above 0" : "from 0 on")}, "
            + $"at most {setting.Maximum.ToString("0", CultureInfo.InvariantCulture)}",
    };
}

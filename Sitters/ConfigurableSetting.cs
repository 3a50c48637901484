using System.Globalization;

namespace Sitters;

/// <summary>One property of <see cref="SitSettings"/>.</summary>
internal sealed record ConfigurableSetting(
    string Name, Func<SitSettings, object?> Get, Func<SitSettings, string, bool> TrySet, string Expected)
{
    /// <summary>What .NET can tell from nothing: a shorter time would become 0, which means another thing.</summary>
    private static readonly double _tick = TimeSpan.FromTicks(1).TotalSeconds;

    /// <summary>The least and the most that a number may be.</summary>
    public (double Least, double Most) Range { get; init; } = (0, double.MaxValue);

    /// <summary>Zero takes away what is compiled in.</summary>
    public bool ZeroIsNone { get; init; }

    /// <summary>The attribute's words for a number that no method could use.</summary>
    /// <returns>Null if it can be used.</returns>
    public string? RangeProblem(object value)
    {
        double? number = value switch
        {
            double seconds => seconds,
            int count => count,
            _ => null,
        };

        // Written so that NaN is out of range.
        var isInRange = number is not { } given
            || (given >= Range.Least && given <= Range.Most && !(value is double && ZeroIsNone && given > 0 && given < _tick));
        return isInRange ? null : $"{Name} = {Text(value)} is out of range; write {Advice(value)}";
    }

    public static string Text(object value) => value switch
    {
        bool isOn => isOn ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private string Advice(object value) => value is int
        ? $"a whole number from {Range.Least.ToString("0", CultureInfo.InvariantCulture)} on"
        : $"a number of seconds from 0 on, at most {Range.Most.ToString("0", CultureInfo.InvariantCulture)}";
}

using System.Globalization;

namespace Sitters.Tool.Commands;

/// <summary>Spans of time as people write them.</summary>
internal static class Durations
{
    private const string Units = "dhms";

    /// <summary>The protocol's limit too: far more than anybody means.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(10 * 365.25);

    private static readonly double[] _seconds = [24 * 60 * 60, 60 * 60, 60, 1];

    /// <summary>Reads 90, 90s, 5m, 1h30m, 2d, 500ms or 00:05:00. A number alone is seconds.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var isRead = text.Contains(':')
            ? TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration)
            : TryParseUnits(text.Trim(), out duration);
        return isRead && duration >= TimeSpan.Zero && duration <= _longest;
    }

    private static bool TryParseUnits(string text, out TimeSpan duration)
    {
        duration = default;
        var total = 0.0;
        var lastUnit = -1;
        var position = 0;
        while (position < text.Length)
        {
            var end = position;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            {
                end++;
            }

            var digits = text.AsSpan(position, end - position);
            if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            if (text[end..] is "ms")
            {
                (number, position) = (number / 1000, text.Length);
            }
            else
            {
                var unit = end < text.Length ? Units.IndexOf(text[end]) : position == 0 ? Units.Length - 1 : -1;
                if (unit <= lastUnit)
                {
                    return false;
                }

                (number, lastUnit, position) = (number * _seconds[unit], unit, end + 1);
            }

            total += number;
        }

        if (text.Length == 0 || total > TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(total);
        return true;
    }
}

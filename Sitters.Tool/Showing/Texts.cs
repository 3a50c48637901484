using System.Globalization;

namespace Sitters.Tool.Showing;

/// <summary>Numbers and spans of time, the same in every culture.</summary>
internal static class Texts
{
    public static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A count with separators, as people read it.</summary>
    public static string Count(double count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Calls(double count) => count == 1 ? "1 call" : $"{Count(count)} calls";

    /// <summary>A time in at most six characters: 0.4s, 12s, 3m20s, 5h07m, 12d03h.</summary>
    public static string Age(double seconds)
    {
        // A clock that was set back in the process is no reason for signs.
        var whole = (long)Math.Max(0, seconds);
        return whole switch
        {
            < 10 => Math.Max(0, Math.Floor(seconds * 10) / 10).ToString("0.0", CultureInfo.InvariantCulture) + "s",
            < 60 => $"{whole}s",
            < 60 * 60 => string.Create(CultureInfo.InvariantCulture, $"{whole / 60}m{whole % 60:00}s"),
            < 24 * 60 * 60 => string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}h{whole / 60 % 60:00}m"),
            < 100 * 24 * 60 * 60 => string.Create(CultureInfo.InvariantCulture, $"{whole / 86400}d{whole / 3600 % 24:00}h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{whole / 86400}d"),
        };
    }

    /// <summary>The local time of an event, with the day where it was not today.</summary>
    public static string Time(DateTimeOffset time, DateTimeOffset now)
    {
        var local = time.ToLocalTime();
        return local.ToString(local.Date == now.ToLocalTime().Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>The file's name alone, whatever system it was compiled on.</summary>
    public static string FileName(string path) => path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
}

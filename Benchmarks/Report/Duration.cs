using System.Globalization;

namespace Benchmarks.Report;

/// <summary>Times with three digits and the unit that suits them.</summary>
internal static class Duration
{
    private static readonly (double Nanoseconds, string Unit)[] _units = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1, "ns")];

    public static string Text(double nanoseconds)
    {
        var (size, unit) = _units.FirstOrDefault(candidate => nanoseconds >= candidate.Nanoseconds, _units[^1]);
        var value = nanoseconds / size;
        return value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + unit;
    }

    public static string Text(double nanoseconds, double beside) => $"{Text(nanoseconds)} / {Text(beside)}";

    public static string Text(TimeSpan time, TimeSpan beside) => Text(time.TotalNanoseconds, beside.TotalNanoseconds);
}

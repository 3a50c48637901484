using System.Globalization;
using BenchmarkDotNet.Reports;

namespace Benchmarks;

/// <summary>Prints the comparisons: ratios and bytes only, for times belong to the machine.</summary>
internal static class Table
{
    /// <summary>Prints every comparison whose benchmarks have run.</summary>
    /// <returns>Whether there was a result for each comparison that was asked for.</returns>
    public static bool Print(IReadOnlyCollection<Summary> summaries, TextWriter to)
    {
        to.WriteLine();
        to.WriteLine(Row("", "times", "at most", "bytes", "at most", ""));
        var title = "";
        var isComplete = true;
        foreach (var comparison in Comparisons.All)
        {
            if (comparison.Subject.In(summaries) is not { } subject || comparison.Against.In(summaries) is not { } against)
            {
                isComplete = false;
                continue;
            }

            if (comparison.Case != title)
            {
                title = comparison.Case;
                to.WriteLine();
                to.WriteLine(title);
            }

            var plain = comparison.Plain?.In(summaries)?.Nanoseconds ?? 0;
            var times = (subject.Nanoseconds - plain) / (against.Nanoseconds - plain);
            var bytes = subject.Bytes - (comparison.BytesBeside?.In(summaries)?.Bytes ?? 0);
            to.WriteLine(Row(
                comparison.Subject.Method,
                Times(times),
                comparison.Times is { } most ? Times(most) : "",
                comparison.BytesBeside is null ? Number(bytes) : "+" + Number(bytes),
                comparison.Bytes is { } mostBytes ? Number(mostBytes) : "",
                Verdict(comparison, times, bytes)));
        }

        return isComplete;
    }

    private static string Verdict(Comparison comparison, double times, long bytes)
    {
        if (comparison.Times is null && comparison.Bytes is null)
        {
            return "";
        }

        var inTime = comparison.Times is not { } mostTimes || times <= mostTimes;
        var inBytes = comparison.Bytes is not { } mostBytes || bytes <= mostBytes;
        return (inTime, inBytes) switch
        {
            (true, true) => "met",
            (true, false) => "missed: bytes",
            (false, true) => "missed: time",
            _ => "missed",
        };
    }

    private static string Times(double times) => times.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Row(string subject, string times, string mostTimes, string bytes, string mostBytes, string verdict) =>
        $"  {subject,-20} {times,8} {mostTimes,8} {bytes,9} {mostBytes,9}  {verdict}".TrimEnd();
}

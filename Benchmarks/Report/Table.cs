using System.Globalization;
using System.Text;

namespace Benchmarks.Report;

/// <summary>The lines, as text and as a table of Markdown.</summary>
internal static class Table
{
    public static string Text(IEnumerable<Line> lines)
    {
        var text = new StringBuilder();
        text.AppendLine(Row("", "times", "at most", "bytes", "at most", "", "took"));
        foreach (var group in lines.GroupBy(line => line.Case))
        {
            text.AppendLine().AppendLine(group.Key);
            foreach (var line in group)
            {
                text.AppendLine(Row(
                    line.Subject, Times(line.Times), Times(line.MostTimes), Bytes(line), Number(line.MostBytes), line.Verdict, line.Took));
            }
        }

        return text.ToString();
    }

    public static string Markdown(IEnumerable<Line> lines)
    {
        var text = new StringBuilder();
        text.Append("| case | measured | at most | bytes | at most | | took here |\n|---|---|---|---|---|---|---|\n");
        foreach (var group in lines.GroupBy(line => line.Case))
        {
            text.Append(CultureInfo.InvariantCulture, $"| **{group.Key}** | | | | | | |\n");
            foreach (var line in group)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {line.Subject} | {Times(line.Times)} | {Times(line.MostTimes)} | {Bytes(line)} | {Number(line.MostBytes)} "
                    + $"| {line.Verdict} | {line.Took} |\n");
            }
        }

        return text.ToString();
    }

    private static string Times(double? times) => times?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    private static string Bytes(Line line) => (line.AreBytesAdded && line.Bytes >= 0 ? "+" : "") + Number(line.Bytes);

    private static string Number(double? number) => number?.ToString("0", CultureInfo.InvariantCulture) ?? "";

    private static string Row(
        string subject, string times, string mostTimes, string bytes, string mostBytes, string verdict, string took) =>
        $"  {subject,-52} {times,7} {mostTimes,7} {bytes,7} {mostBytes,7}  {verdict,-13} {took}".TrimEnd();
}

using System.Globalization;
using System.Text;

namespace Benchmarks.Report;

/// <summary>How costs grow with a number.</summary>
/// <param name="Name">The name of its picture's file.</param>
/// <param name="Title">What the picture shows.</param>
/// <param name="Of">What there are more and more of.</param>
/// <param name="Cost">What the cost is counted in, of one of them.</param>
/// <param name="Series">The costs.</param>
internal sealed record Growth(string Name, string Title, string Of, string Cost, IReadOnlyList<Series> Series)
{
    public string Markdown()
    {
        var text = new StringBuilder();
        var numbers = Series[0].Points.Select(point => point.Number).ToList();
        text.Append(CultureInfo.InvariantCulture, $"| {Cost} | ")
            .AppendJoin(" | ", numbers.Select(number => number.ToString("#,0", CultureInfo.InvariantCulture)))
            .Append(" | exponent |\n|---|").Insert(text.Length, "---|", numbers.Count + 1).Append('\n');
        foreach (var series in Series)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {series.Name} | ")
                .AppendJoin(" | ", series.Points.Select(point => Digits(point.CostOfOne)))
                .Append(CultureInfo.InvariantCulture, $" | {series.Exponent:0.00} |\n");
        }

        return text.ToString();
    }

    private static string Digits(double value) => value.ToString(value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}

/// <summary>One cost.</summary>
internal sealed record Series(string Name, IReadOnlyList<Point> Points)
{
    /// <summary>
    /// How the whole cost grows: as the number to the power of this, by least squares of the logarithms. 1 is a straight line, 2 would be
    /// a square.
    /// </summary>
    public double Exponent
    {
        get
        {
            var logs = Points.Select(point => (X: Math.Log(point.Number), Y: Math.Log(point.Number * point.CostOfOne))).ToList();
            var (x, y) = (logs.Average(log => log.X), logs.Average(log => log.Y));
            return logs.Sum(log => (log.X - x) * (log.Y - y)) / logs.Sum(log => (log.X - x) * (log.X - x));
        }
    }
}

/// <summary>What one of so many costs.</summary>
internal readonly record struct Point(double Number, double CostOfOne);

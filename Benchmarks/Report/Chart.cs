using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Benchmarks.Report;

/// <summary>A picture of lines, both axes logarithmic: a cost that does not grow with the number is a level line.</summary>
internal static class Chart
{
    private const int Width = 900;
    private const int Height = 420;
    private const int RoomForWords = 130;

    // Told apart by those who see no difference between red and green, too.
    private static readonly OxyColor[] _colors =
    [
        OxyColor.FromRgb(0, 114, 178), OxyColor.FromRgb(213, 94, 0), OxyColor.FromRgb(0, 158, 115), OxyColor.FromRgb(204, 121, 167),
        OxyColor.FromRgb(86, 180, 233), OxyColor.FromRgb(230, 159, 0), OxyColor.FromRgb(90, 90, 90),
    ];

    private static readonly MarkerType[] _markers = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];

    public static string Svg(Growth growth)
    {
        var model = new PlotModel { Title = growth.Title, TitleFontSize = 15, Background = OxyColors.White };

        // Browsers draw the words wider than they are measured here.
        model.Padding = new OxyThickness(8, 8, RoomForWords, 8);
        model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.RightTop,
            LegendLineSpacing = 8,
        });
        var points = growth.Series.SelectMany(series => series.Points).ToList();
        model.Axes.Add(Axis(AxisPosition.Bottom, growth.Of, points.Select(point => point.Number)));
        model.Axes.Add(Axis(AxisPosition.Left, growth.Cost, points.Select(point => point.CostOfOne)));
        foreach (var (index, series) in growth.Series.Index())
        {
            var line = new LineSeries
            {
                Title = series.Name,
                Color = _colors[index % _colors.Length],
                MarkerType = _markers[index % _markers.Length],
                MarkerSize = 3.5,
            };
            line.Points.AddRange(series.Points.Select(point => new DataPoint(point.Number, point.CostOfOne)));
            model.Series.Add(line);
        }

        using var stream = new MemoryStream();
        new SvgExporter { Width = Width, Height = Height }.Export(model, stream);
        var svg = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        return svg.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd() + "\n";
    }

    /// <summary>From a power of ten to another, with the steepness of nothing but the data between.</summary>
    private static LogarithmicAxis Axis(AxisPosition position, string title, IEnumerable<double> values)
    {
        var all = values.ToList();
        return new LogarithmicAxis
        {
            Position = position,
            Title = title,
            Minimum = Math.Pow(10, Math.Floor(Math.Log10(all.Min()) + 0.001)),
            Maximum = Math.Pow(10, Math.Ceiling(Math.Log10(all.Max()) - 0.001)),
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColor.FromRgb(220, 220, 220),
            LabelFormatter = value => value.ToString("#,0.###", CultureInfo.InvariantCulture),
        };
    }
}

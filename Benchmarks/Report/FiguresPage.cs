using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Environments;

namespace Benchmarks.Report;

/// <summary>docs/benchmarks.md: figures stand between marks, and are replaced by newer ones.</summary>
internal static partial class FiguresPage
{
    private static string File => Path.Combine(Repository.Path, "docs", "benchmarks.md");

    private static string Pictures => Path.Combine(Repository.Path, "docs", "images");

    /// <summary>What was measured, when and on what.</summary>
    public static void Write(string section, string machine, string figures)
    {
        var page = System.IO.File.ReadAllText(File);
        var place = Place().Matches(page).SingleOrDefault(match => match.Groups["section"].Value == section)
            ?? throw new InvalidOperationException($"{File} has no '<!-- figures: {section} -->'.");
        var written = place.Groups["begin"].Value + machine + "\n\n" + figures.TrimEnd() + "\n" + place.Groups["end"].Value;
        System.IO.File.WriteAllText(File, page[..place.Index] + written + page[(place.Index + place.Length)..]);
    }

    public static void Write(string section, string machine, IReadOnlyList<Growth> growths)
    {
        foreach (var growth in growths)
        {
            System.IO.File.WriteAllText(Path.Combine(Pictures, growth.Name + ".svg"), Chart.Svg(growth));
        }

        Write(section, machine, string.Join('\n', growths.Select(growth => $"""
            ### {growth.Title}

            ![{growth.Title}](images/{growth.Name}.svg)

            {growth.Markdown()}
            """)));
    }

    /// <summary>The day, and the machine before anything is measured: its load says how far the figures can be trusted.</summary>
    public static string Machine()
    {
        var host = HostEnvironmentInfo.GetCurrent().ToFormattedString().ToList();
        const string loads = "/proc/loadavg";
        var load = System.IO.File.Exists(loads) ? $", load {System.IO.File.ReadAllText(loads).Split(' ')[0]} before it" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Measured on {DateTime.UtcNow:yyyy-MM-dd}: {host[1]}; {host[0]}; {RuntimeInformation.FrameworkDescription}{load}.");
    }

    [GeneratedRegex(@"(?<begin><!-- figures: (?<section>\w+) -->\n).*?(?<end><!-- end of figures -->)", RegexOptions.Singleline)]
    private static partial Regex Place();
}

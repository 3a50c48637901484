using System.Diagnostics;
using Benchmarks.Report;

namespace Benchmarks.Processes;

/// <summary>A whole process with one sat call, beside the same program unwoven, in turn.</summary>
internal static class Starts
{
    private const int Rounds = 15;

    public static IEnumerable<Line> Measure()
    {
        List<double> plain = [];
        List<double> sat = [];

        // The first of each reads its files from the disk.
        Run("Started.Unwoven");
        Run("Started");
        for (var round = 0; round < Rounds; round++)
        {
            plain.Add(Run("Started.Unwoven"));
            sat.Add(Run("Started"));
        }

        yield return new Line("A process with one call, from its start to its end: what [Sit] adds, beside the plain program", "[Sit]")
        {
            Times = (sat.Median() - plain.Median()) / plain.Median(),
            MostTimes = 0.22,
            Took = Duration.Text(sat.Median(), plain.Median()),
        };
    }

    private static double Run(string program)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(
            Path.Combine(Repository.Path, "TestAssets", program, "bin", "Release", "net10.0", program + Extension))!;
        process.WaitForExit();
        var time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        return process.ExitCode == 0 ? time : throw new InvalidOperationException($"{program} failed.");
    }

    private static string Extension => OperatingSystem.IsWindows() ? ".exe" : "";
}

using BenchmarkDotNet.Running;
using Benchmarks.Crowds;
using Benchmarks.Processes;
using Benchmarks.Report;
using Benchmarks.Timing;
using Benchmarks.Weaving;

// What of it is measured: nothing said is the whole table, a word a part of it, and options are those of BenchmarkDotNet.
switch (args)
{
    case []:
        List<Line> table = [.. InFlight(), .. Starts.Measure(), .. Timed("--filter", "*")];
        Console.Write(Table.Text(table));
        break;
    case ["inflight"]:
        Console.Write(Table.Text(InFlight()));
        break;
    case ["start"]:
        Console.Write(Table.Text(Starts.Measure()));
        break;
    case ["weaving"]:
        await WeavingCost.Print(Console.Out);
        break;
    default:
        Console.Write(Table.Text(Timed(args)));
        break;
}

static IEnumerable<Line> InFlight() => [.. CallsInFlight.Measure(), .. Orders.Measure()];

static List<Line> Timed(params string[] options)
{
    // BenchmarkDotNet looks for the project from where it is started; so it is found wherever that was.
    Directory.SetCurrentDirectory(Path.Combine(AppContext.BaseDirectory, "../../.."));
    var summaries = BenchmarkSwitcher.FromAssembly(typeof(Measuring).Assembly).Run(options, Measuring.Config).ToList();
    return [.. Comparisons.All.Select(comparison => comparison.In(summaries)).OfType<Line>()];
}

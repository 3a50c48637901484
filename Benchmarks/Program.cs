using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Crowds;
using Benchmarks.Growing;
using Benchmarks.Processes;
using Benchmarks.Report;
using Benchmarks.Timing;
using Benchmarks.Weaving;

// Nothing said is the table, a word something else or a part of it; options are those of BenchmarkDotNet, except for
// --write, which has what was measured written into docs/benchmarks.md.
const string Write = "--write";
var isWritten = args.Contains(Write);
var machine = FiguresPage.Machine();
switch (args.Where(arg => arg != Write).ToArray())
{
    case []:
        List<Line> own = [.. InFlight(), .. Starts.Measure()];
        var timed = Timed("--filter", "*");
        ShowTable("table", [.. own, .. timed]);
        return timed.Count == Comparisons.All.Count ? 0 : 1;
    case ["native"]:
        ShowTable("native", await NativeCode.Measure());
        break;
    case ["growth", .. var parts]:
        await ShowGrowth("calls", parts, () => Task.FromResult(CallGrowth.Measure()));
        await ShowGrowth("helpers", parts, () => Task.FromResult(HelperGrowth.Measure()));
        await ShowGrowth("threads", parts, () => Task.FromResult(ThreadGrowth.Measure()));
        await ShowGrowth("methods", parts, WeavingGrowth.Measure);
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
    case var options:
        Console.Write(Table.Text(Timed(options)));
        break;
}

return 0;

static IEnumerable<Line> InFlight() => [.. CallsInFlight.Measure(), .. Orders.Measure()];

static List<Line> Timed(params string[] options)
{
    // BenchmarkDotNet looks for the project from where it is started; so it is found wherever that was.
    Directory.SetCurrentDirectory(Path.Combine(Repository.Path, "Benchmarks"));
    var summaries = BenchmarkSwitcher.FromAssembly(typeof(Measuring).Assembly).Run(options, Measuring.Config).ToList();
    return [.. Comparisons.All.Select(comparison => comparison.In(summaries)).OfType<Line>()];
}

void ShowTable(string section, IReadOnlyList<Line> lines)
{
    Console.WriteLine(machine);
    Console.Write(Table.Text(lines));
    if (isWritten)
    {
        FiguresPage.Write(section, machine, Table.Markdown(lines));
    }
}

// All of them, unless parts are named.
async Task ShowGrowth(string part, string[] parts, Func<Task<IReadOnlyList<Growth>>> measure)
{
    if (parts.Length > 0 && !parts.Contains(part))
    {
        return;
    }

    var growths = await measure();
    Console.WriteLine(machine);
    foreach (var growth in growths)
    {
        Console.WriteLine($"\n{growth.Title}\n{growth.Markdown()}");
    }

    if (isWritten)
    {
        FiguresPage.Write(part, machine, growths);
    }
}

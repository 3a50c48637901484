using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Weaving;

// What weaving adds to a build: dotnet run -c Release --project Benchmarks -- weaving
if (args is ["weaving"])
{
    await WeavingCost.Print(Console.Out);
    return 0;
}

// BenchmarkDotNet looks for the project from where it is started; so it is found wherever that was.
Directory.SetCurrentDirectory(Path.Combine(AppContext.BaseDirectory, "../../.."));

// All of them, unless the command line chooses: dotnet run -c Release --project Benchmarks -- --filter '*Lookup*'
var isAll = args.Length == 0;
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Measuring).Assembly).Run(isAll ? ["--filter", "*"] : args, Measuring.Config).ToList();
var isComplete = Table.Print(summaries, Console.Out);
return isAll && !isComplete ? 1 : 0;

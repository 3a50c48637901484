using System.Diagnostics;
using Sitters;
using Spectre.Console;

namespace Samples.Examples;

// README: still-running
public class Reports
{
    // No await for seconds: a pause has to wait for its end.
    [Sit]
    public async Task Calculate()
    {
        await Task.Yield();
        for (var watch = new Stopwatch(); watch.Elapsed < TimeSpan.FromSeconds(3);)
        {
            if (Sitter.IsPaused)
            {
                watch.Start();
            }
        }

        await Task.Yield();
        Console.WriteLine("calculated");
    }

    // A library that is not woven: the call stands at the await, the library goes on.
    [Sit]
    public async Task Print()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        await console.Status().StartAsync("printing", _ => Task.Delay(Timeout.Infinite));
    }
}
// end

internal static class StillRunning
{
    public static async Task Run()
    {
        var reports = new Reports();
        var printing = reports.Print();
        Console.WriteLine("two reports run");
        await Task.Run(reports.Calculate);
        Sitter.Cancel();
        await printing;
        Console.WriteLine("done");
    }
}

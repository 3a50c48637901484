using Sitters;

namespace SignalProgram;

/// <summary>What a test says to the program: a number and a command in each line, answered once it is done.</summary>
/// <remarks>They run on a thread of their own, which no call can hold up and no starved thread pool either.</remarks>
internal static class Commands
{
    private static readonly ManualResetEventSlim _isFed = new();

    public static void Listen() => new Thread(Run) { IsBackground = true, Name = "commands" }.Start();

    private static void Run()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (input.ReadLine() is { } line)
        {
            var words = line.Split(' ', 3);
            Console.WriteLine($"ok {words[0]} {Do(words[1], words.ElementAtOrDefault(2) ?? "")}".TrimEnd());
        }
    }

    private static string Do(string command, string argument)
    {
        switch (command)
        {
            case "advance":
                Sleeper.Advance(double.Parse(argument, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case "open":
                Gates.Open(argument);
                break;
            case "start":
                Calls.Start(argument);
                break;
            case "report":
                var calls = Sitter.ActiveCalls.Select(call => $"{Calls.StateOf(call)}/{call.Interrupt}");
                return string.Join(' ', [Sitter.IsPaused ? "paused:" : "not paused:", .. calls]);
            case "until":
                Until(Enum.Parse<SitState>(argument));
                break;
            case "until-cancelled":
                SpinWait.SpinUntil(() => Sitter.ActiveCalls.All(call => call.Interrupt == SitInterrupt.Cancel));
                break;
            case "until-paused":
                SpinWait.SpinUntil(() => Sitter.IsPaused);
                break;
            case "until-resumed":
                SpinWait.SpinUntil(() => !Sitter.IsPaused);
                break;
            case "cancel":
                Sitter.Cancel();
                break;
            case "collect":
                Collect();
                break;
            case "starve":
                Starve();
                break;
            case "feed":
                _isFed.Set();
                break;
            default:
                return $"no such command: {command}";
        }

        return "";
    }

    /// <summary>Waits until there are active calls and all are in that state.</summary>
    private static void Until(SitState state) =>
        SpinWait.SpinUntil(() => Sitter.ActiveCalls is { Count: > 0 } calls && calls.All(call => Calls.StateOf(call) == state));

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>Blocks every thread that the thread pool may have.</summary>
    private static void Starve()
    {
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
        using var blocked = new CountdownEvent(Environment.ProcessorCount);
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    blocked.Signal();
                    _isFed.Wait();
                },
                null);
        }

        blocked.Wait();
    }
}

using Sitters;

namespace Samples.Examples;

/// <summary>The sleeper with a timeout.</summary>
public class TimedSleeper
{
    [Sit(
        TimeoutSeconds = 1.7,
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        TimeoutHooks = [nameof(OnTimeout)])]
    public async Task<int?> Sleep(int times) => await SleepSteps(times);

    [Sit(
        TimeoutSeconds = 2,
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        TimeoutHooks = [nameof(OnTimeout)])]
    public async Task<int?> SleepLonger(int times) => await SleepSteps(times);

    private static async Task<int?> SleepSteps(int times)
    {
        try
        {
            for (var i = 1; i <= times; i++)
            {
                await Task.Delay(500);
                Console.WriteLine($"slept {i}");
            }

            return times;
        }
        finally
        {
            Console.WriteLine("finally");
        }
    }

    private void OnStartup() => Console.WriteLine("startup");

    private void OnCompletion() => Console.WriteLine("completion");

    private void OnTimeout() => Console.WriteLine("timeout");
}

internal static class TimedSignals
{
    public static async Task Run() => Tell(await new TimedSleeper().Sleep(5));

    /// <summary>Four times 0.5 s and a timeout of 2 s: it completes where time spent paused does not count.</summary>
    public static async Task RunLonger() => Tell(await new TimedSleeper().SleepLonger(4));

    private static void Tell(int? result) => Console.WriteLine($"result {result?.ToString() ?? "default"}");
}

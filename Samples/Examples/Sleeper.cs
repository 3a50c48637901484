using Sitters;

namespace Samples.Examples;

// README: signals
public class Sleeper
{
    [Sit(
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)])]
    public async Task<int?> Sleep(int times)
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

    private void OnCancellation() => Console.WriteLine("cancellation");

    private void OnRestart() => Console.WriteLine("restart");
}
// end

internal static class Signals
{
    public static async Task Run()
    {
        if (!OperatingSystem.IsWindows())
        {
            Console.Error.WriteLine($"Send it signals from another terminal, such as: kill -USR1 {Environment.ProcessId}");
        }

        Console.WriteLine($"result {(await new Sleeper().Sleep(5))?.ToString() ?? "default"}");
    }
}

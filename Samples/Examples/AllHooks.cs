using Sitters;

namespace Samples.Examples;

// README: hooks
public class Journal
{
    [Sit(
        StartupHooks = [nameof(OnStartup)],
        CompletionHooks = [nameof(OnCompletion)],
        ExceptionHooks = [nameof(OnException)],
        TimeoutHooks = [nameof(OnTimeout)],
        CancellationHooks = [nameof(OnCancellation)],
        RestartHooks = [nameof(OnRestart)],
        RetryHooks = [nameof(OnRetry)],
        PauseHooks = [nameof(OnPause)],
        ResumeHooks = [nameof(OnResume)],
        TimeoutSeconds = 0.6,
        MaxAttempts = 2,
        RetryOn = [typeof(IOException)])]
    public async Task<string?> Note(Func<Task> work)
    {
        await work();
        return "done";
    }

    private void OnStartup() => Console.WriteLine("startup");

    private void OnCompletion() => Console.WriteLine("completion");

    private void OnException(SitContext call) => Console.WriteLine($"exception: {call.Exception!.Message}");

    private void OnTimeout() => Console.WriteLine("timeout");

    private void OnCancellation() => Console.WriteLine("cancellation");

    private void OnRestart() => Console.WriteLine("restart");

    private void OnRetry(SitContext call) => Console.WriteLine($"retry after: {call.Exception!.Message}");

    private void OnPause() => Console.WriteLine("pause");

    private void OnResume() => Console.WriteLine("resume");
}
// end

internal static class AllHooks
{
    private static readonly Journal _journal = new();

    public static async Task Run()
    {
        Console.WriteLine("-- a call that completes");
        await Tell(_journal.Note(() => Task.Delay(20)));

        Console.WriteLine("-- one that fails");
        await Tell(_journal.Note(() => throw new InvalidOperationException("no ink")));

        Console.WriteLine("-- one that fails, and is tried again");
        var attempts = 0;
        await Tell(_journal.Note(() => ++attempts == 1 ? throw new IOException("no paper") : Task.CompletedTask));

        Console.WriteLine("-- one that takes too long");
        await Tell(_journal.Note(() => Task.Delay(TimeSpan.FromHours(1))));

        Console.WriteLine("-- one that is cancelled");
        await Tell(_journal.Note(() => Task.Delay(TimeSpan.FromHours(1))), Sitter.Cancel);

        Console.WriteLine("-- one that is restarted");
        var starts = 0;
        await Tell(_journal.Note(() => ++starts == 1 ? Task.Delay(TimeSpan.FromHours(1)) : Task.CompletedTask), Sitter.Restart);

        Console.WriteLine("-- one that is paused and resumed");
        await Tell(_journal.Note(() => Task.Delay(300)), Sitter.Pause, Sitter.Resume);
    }

    private static async Task Tell(Task<string?> call, params Action[] acts)
    {
        foreach (var act in acts)
        {
            await Task.Delay(100);
            act();
        }

        try
        {
            Console.WriteLine($"result {await call ?? "default"}");
        }
        catch (InvalidOperationException exception)
        {
            Console.WriteLine($"throws {exception.GetType().Name}");
        }
    }
}

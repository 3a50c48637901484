using Sitters;

namespace SignalProgram;

/// <summary>Has something to tell for every instrument, again and again until the test ends it.</summary>
internal sealed class Telling
{
    public static async Task Run()
    {
        var end = Gates.Wait("told");
        while (!end.IsCompleted)
        {
            var subject = new Telling();
            var paused = subject.Wait();
            var context = Sitter.ActiveCalls.Single(call => call.Name == nameof(Wait));
            context.Pause();
            context.Resume();
            context.Cancel();
            await paused;
            await subject.Retry();
            await subject.TimeOut();
            await subject.Cache(1);
            await subject.Cache(2);
            await subject.Cache(2);
            await subject.Hook();
            var overrun = subject.Overrun();
            Sitter.Cancel();
            await overrun;
            await Task.Delay(50);
        }
    }

    [Sit]
    private async Task Wait() => await Task.Delay(Timeout.Infinite);

    [Sit(MaxAttempts = 2)]
    private async Task<int> Retry() => SitContext.Current.Attempt == 1 ? throw new IOException() : 1;

    [Sit(TimeoutSeconds = 0.01)]
    private async Task<int?> TimeOut()
    {
        await Task.Delay(Timeout.Infinite);
        return 1;
    }

    [Sit(CacheSize = 1)]
    private async Task<int> Cache(int key) => key;

    [Sit(CompletionHooks = [nameof(Fail)])]
    private async Task<int> Hook() => 1;

    [Sit(GraceSeconds = 0.01)]
    private async Task<int?> Overrun()
    {
        try
        {
            await Task.Delay(Timeout.Infinite);
            return 1;
        }
        finally
        {
            await Task.Delay(100);
        }
    }

    private static void Fail() => throw new IOException();
}

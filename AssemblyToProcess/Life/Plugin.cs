using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Uses of everything that may stay behind in a process: an assembly that brings its own copy of Sitters is to be unloaded.</summary>
public static class Plugin
{
    private static readonly Task _never = new TaskCompletionSource().Task;

    public static async Task Run()
    {
        Sitter.ListenToSignals();
        Sitter.ListenForTool();
        using var observer = Sitter.Observe(new Observer());
        await TimesOut();
        await TimesOut();
        await Retries();
        await Cached("one");
        await foreach (var number in Stream())
        {
            if (number == 2)
            {
                break;
            }
        }

        using (SitterScope.Begin())
        {
            await Cached("two");
        }

        var cancelled = Waits();
        Sitter.Pause("*.Plugin.*", new SitControl { For = TimeSpan.FromMilliseconds(20) });
        await Cached("three");
        Sitter.Cancel();
        await cancelled;
        await Sitter.WhenIdle();
    }

    [Sit(TimeoutSeconds = 0.02)]
    private static async Task TimesOut() => await _never;

    [Sit(MaxAttempts = 2, RetryDelaySeconds = 0.02)]
    private static async Task Retries()
    {
        await Task.Yield();
        if (SitContext.Current.Attempt == 1)
        {
            throw new IOException();
        }
    }

    [Sit(CacheSize = 10, CacheSeconds = 60)]
    private static async Task<string> Cached(string key)
    {
        await Task.Delay(1);
        return key;
    }

    [Sit(TimeoutSeconds = 60)]
    private static async IAsyncEnumerable<int> Stream()
    {
        for (var i = 0; ; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    [Sit(TimeoutSeconds = 3600)]
    private static async Task Waits() => await Task.WhenAny(_never, Task.Delay(Timeout.Infinite));

    private sealed class Observer : SitObserver;
}

using Sitters;

namespace AssemblyToProcess;

/// <summary>The simplest methods under [Sit].</summary>
public class Plain
{
    [Sit]
    public async Task<int> Add(int left, int right)
    {
        await Task.Yield();
        return left + right;
    }

    [Sit]
    public static async ValueTask<string> Shout(string text, CancellationToken token)
    {
        await Task.Delay(1, token).ConfigureAwait(false);
        return text + "!";
    }

    [Sit]
    public Task Nothing() => Task.CompletedTask;

    [Sit(CacheSize = 10)]
    public async Task<int> Double(int number) => number * 2;

    [Sit(StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task Hooked() => await Helper();

    private static async Task Helper() => await Task.Delay(1);

    private void OnStartup()
    {
    }

    private static Task OnCompletion(SitContext context) => Task.CompletedTask;
}

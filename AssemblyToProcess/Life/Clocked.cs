using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods whose calls touch their clock in every way there is.</summary>
[Sit(StartupHooks = [nameof(Scene.OnStartup)], CompletionHooks = [nameof(Scene.OnCompletion)], TimeoutHooks = [nameof(Scene.OnTimeout)])]
public class Clocked : Scene
{
    private int _attempts;

    [Sit(MaxAttempts = 3, RetryDelaySeconds = 0.002, TimeoutSeconds = 120, AttemptTimeoutSeconds = 60)]
    public async Task<int> Retried()
    {
        await Task.Yield();
        return ++_attempts < 3 ? throw new InvalidOperationException("once more") : 3;
    }

    [Sit(FlowContext = false, MaxAttempts = 3, RetryDelaySeconds = 0.002, AttemptTimeoutSeconds = 60)]
    public async Task<int> Unflowed()
    {
        await Task.Yield();
        return ++_attempts < 3 ? throw new InvalidOperationException("once more") : 3;
    }

    [Sit(CacheSize = 4, CacheSeconds = 60, TimeoutSeconds = 60)]
    public async Task<int> Cached()
    {
        await Task.Yield();
        return 3;
    }

    [Sit(TimeoutSeconds = 120, AttemptTimeoutSeconds = 60)]
    public async IAsyncEnumerable<int> Numbers()
    {
        for (var number = 1; number <= 3; number++)
        {
            await Task.Yield();
            yield return number;
        }
    }

    [Sit]
    public async Task<int> Held()
    {
        await At("held");
        return 3;
    }

    [Sit(TimeoutSeconds = 0.05, OnTimeout = SitOutcome.Throw)]
    public async Task Hang() => await At("hang");

    [Sit(AttemptTimeoutSeconds = 0.05, OnTimeout = SitOutcome.ReturnDefault)]
    public async IAsyncEnumerable<int> HangingNumbers()
    {
        await At("hang");
        yield return 1;
    }
}

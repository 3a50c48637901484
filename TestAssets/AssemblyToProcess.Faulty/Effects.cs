using Polly;
using Sitters;

namespace AssemblyToProcess.Faulty;

public class Effects
{
    [Sit(RetryOn = [typeof(TimeoutException)], AbortOn = [typeof(ArgumentException)])]
    public Task FiltersOfOneAttempt() => Task.CompletedTask; // SIT014 SIT014

    [Sit(RetryDelaySeconds = 1, RetryJitter = true, RetryHooks = [nameof(Tell)])]
    public Task PauseBeforeNothing() => Task.CompletedTask; // SIT014 SIT014 SIT014

    [Sit(MaxAttempts = 3, RetryBackoff = DelayBackoffType.Exponential, MaxRetryDelaySeconds = 9)]
    public Task BackoffFromZero() => Task.CompletedTask; // SIT014 SIT014

    [Sit(OnTimeout = SitOutcome.Throw, TimeoutHooks = [nameof(Tell)])]
    public Task NeverTooLate() => Task.CompletedTask; // SIT014 SIT014

    [Sit(CacheSize = 10, CacheSeconds = 5, CacheSlidingSeconds = 5)]
    public Task<int> NeverSlides() => Task.FromResult(1); // SIT014

    [Sit(CacheSize = 10, CacheScope = CacheScope.PerInstance)]
    public static Task<int> WithoutInstances() => Task.FromResult(1); // SIT014

    [Sit(IncludeNotAsync = true)]
    public Task SatInAnyCase() => Task.CompletedTask; // SIT014

    [Sit(InheritHooks = false)]
    public Task NoHooksToInherit() => Task.CompletedTask; // SIT014

    [Sit(MaxAttempts = 1, RetryDelaySeconds = 0, RetryBackoff = DelayBackoffType.Constant, OnTimeout = SitOutcome.Auto, InheritHooks = true)]
    public Task DefaultsInSoManyWords() => Task.CompletedTask;

    private void Tell()
    {
    }
}

[Sit(CacheSize = 10, OnTimeout = SitOutcome.Throw)]
public class EffectsOnNone
{
    public async Task One()
    { // SIT014 SIT014
        await Task.Yield();
    }
}

[Sit(OnTimeout = SitOutcome.Throw)]
public class EffectsOnSome
{
    public async Task Unlimited() => await Task.Yield();

    [Sit(TimeoutSeconds = 1)]
    public async Task<int?> Limited()
    {
        await Task.Yield();
        return 1;
    }
}

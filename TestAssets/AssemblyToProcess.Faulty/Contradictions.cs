using Microsoft.Extensions.Caching.Memory;
using Polly.Retry;
using Sitters;

namespace AssemblyToProcess.Faulty;

public class Contradictions
{
    private static RetryStrategyOptions Options { get; } = new();

    private static IMemoryCache Results { get; } = new MemoryCache(new MemoryCacheOptions());

    [Sit(Retry = nameof(Options), MaxAttempts = 3, RetryDelaySeconds = 1)]
    public Task TwoRetries() => Task.CompletedTask; // SIT007

    [Sit(Cache = nameof(Results), CacheSize = 3)]
    public Task<int> TwoCaches() => Task.FromResult(1); // SIT007

    [Sit(CacheSeconds = 3)]
    public Task<int> NoCache() => Task.FromResult(1); // SIT007

    [Sit(CacheSlidingSeconds = 3, CacheScope = CacheScope.Shared)]
    public Task<int> NoCacheEither() => Task.FromResult(1); // SIT007 SIT007

    [Sit(TimeoutSeconds = 3, AttemptTimeoutSeconds = 3)]
    public Task TheWholeEndsFirst() => Task.CompletedTask; // SIT013
}

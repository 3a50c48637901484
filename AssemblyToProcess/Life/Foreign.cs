using Microsoft.Extensions.Caching.Memory;
using Polly.Retry;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that use code of the user's: a key, a cache, and a member that says how to retry.</summary>
public class Foreign : Scene
{
    private readonly RetryStrategyOptions _retry = new() { MaxRetryAttempts = 2, Delay = TimeSpan.Zero };

    public Foreign() => Store = new ForeignCache(() => Act());

    /// <summary>What that code does.</summary>
    public Action Act { get; set; } = () => { };

    private ForeignCache Store { get; }

    private RetryStrategyOptions Retry
    {
        get
        {
            Act();
            return _retry;
        }
    }

    public Task<int?> ByKey() => ByKey(new CachedKey(5) { Hashing = Act, Comparing = Act });

    [Sit(CacheSize = 10, CompletionHooks = [nameof(OnCompletion)], CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> ByKey(CachedKey key) => await Body(key.Page);

    [Sit(Cache = nameof(Store), CompletionHooks = [nameof(OnCompletion)], CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> ByStore() => await Body(5);

    [Sit(Retry = nameof(Retry), CompletionHooks = [nameof(OnCompletion)], CancellationHooks = [nameof(OnCancellation)])]
    public async Task<int?> ByMember() => await Body(5);

    private async Task<int?> Body(int result)
    {
        Say("body");
        await At("door");
        return result;
    }

    private sealed class ForeignCache(Action act) : IMemoryCache
    {
        private readonly MemoryCache _cache = new(new MemoryCacheOptions());

        public bool TryGetValue(object key, out object? value)
        {
            act();
            return _cache.TryGetValue(key, out value);
        }

        public ICacheEntry CreateEntry(object key)
        {
            act();
            return _cache.CreateEntry(key);
        }

        public void Remove(object key) => _cache.Remove(key);

        public void Dispose() => _cache.Dispose();
    }
}

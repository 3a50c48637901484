using Microsoft.Extensions.Caching.Memory;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>A key that changes, and that does whatever a test wants while it is hashed or compared.</summary>
public sealed class CachedKey(int page) : IEquatable<CachedKey>
{
    public int Page { get; set; } = page;

    public Action Hashing { get; init; } = () => { };

    public Action Comparing { get; init; } = () => { };

    public bool Equals(CachedKey? other)
    {
        Comparing();
        other?.Comparing();
        return other?.Page == Page;
    }

    public override bool Equals(object? obj) => Equals(obj as CachedKey);

    public override int GetHashCode()
    {
        Hashing();
        return Page;
    }
}

/// <summary>Methods with such keys.</summary>
public class CachedByKey : Scene
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions());

    [Sit(CacheSize = 10)]
    public async Task<int> Get(CachedKey key)
    {
        Say("body");
        await Task.Yield();
        return key.Page;
    }

    [Sit(CacheSize = 2)]
    public async Task<object> Normalise(CachedKey key)
    {
        Say("body");
        key.Page = Math.Max(key.Page, 1);
        await Task.Yield();
        return new object();
    }

    [Sit(CacheSize = 2)]
    public async Task<int> NormaliseAndFail(CachedKey key)
    {
        Say("body");
        key.Page = Math.Max(key.Page, 1);
        await Task.Yield();
        throw new ArgumentException("body");
    }

    [Sit(Cache = nameof(_cache))]
    public async Task<int> InMemoryCache(CachedKey key)
    {
        Say("body");
        key.Page = Math.Max(key.Page, 1);
        return key.Page;
    }
}

/// <summary>Methods that many threads call.</summary>
public class CachedByMany
{
    private readonly int[] _running = new int[5];

    /// <summary>A key has had two runs at once.</summary>
    public bool WasTwice { get; private set; }

    [Sit(CacheSize = 1)]
    public async Task<int> Alone(int key)
    {
        WasTwice |= Interlocked.Increment(ref _running[key]) > 1;
        await Task.Yield();
        Interlocked.Decrement(ref _running[key]);
        return key;
    }

    [Sit(CacheSize = 1)]
    public async Task<int> Given(int key, CancellationToken token)
    {
        await Task.Yield();
        return key;
    }
}

/// <summary>A key of arguments of all kinds.</summary>
public class CachedByAll
{
#pragma warning disable SIT010 // An array is a key too, by identity.
    [Sit(CacheSize = 10)]
    public async Task<int> Get(
        int number, long? maybe, double real, float small, decimal exact, string? text, int[]? array, object? anything, DayOfWeek day,
        (double, string?) pair, DateTimeOffset time, CancellationToken token)
    {
        await Task.Yield();
        return number;
    }
#pragma warning restore SIT010
}

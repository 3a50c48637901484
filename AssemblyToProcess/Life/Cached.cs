using Microsoft.Extensions.Caching.Memory;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods with a cache of their own; "body" counts the runs.</summary>
public class Cached : Scene
{
    private static int _runs;

    [Sit(CacheSize = 3, StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task<string> Three(int number)
    {
        Say("body");
        await Task.Yield();
        return "result " + number;
    }

    [Sit(CacheSize = 1)]
    public async Task<int> One(int number)
    {
        Say("body");
        return number;
    }

    [Sit(CacheSize = 2)]
    public async ValueTask<int> AsValueTask(int number)
    {
        Say("body");
        await Task.Yield();
        return number;
    }

    [Sit(CacheSize = 10, CacheSeconds = 60)]
    public async Task<int> Minute(int number)
    {
        Say("body");
        return Count("body");
    }

    [Sit(CacheSize = 10, CacheSlidingSeconds = 60)]
    public async Task<int> MinuteUnused(int number)
    {
        Say("body");
        return Count("body");
    }

    [Sit(CacheSize = 10, CacheSeconds = 100, CacheSlidingSeconds = 60)]
    public async Task<int> Both(int number)
    {
        Say("body");
        return Count("body");
    }

    [Sit(CacheSize = 10)]
    public async Task<string?> Null()
    {
        Say("body");
        return null;
    }

    [Sit(CacheSize = 10, MaxAttempts = 2)]
    public async Task<int> FailTwice(int number)
    {
        Say("body");
        await Task.Yield();
        return Count("body") <= 2 ? throw new ArgumentException("body") : number;
    }

    [Sit(CacheSize = 10, TimeoutSeconds = 5)]
    public async Task<int?> TimeOut()
    {
        Say("body");
        await At("door");
        return 1;
    }

    [Sit(CacheSize = 10)]
    public async Task<int?> Cancelled()
    {
        Say("body");
        await At("door");
        return 1;
    }

    [Sit(CacheSize = 10)]
    public async Task<int?> SwallowCancel()
    {
        Say("body");
        try
        {
            await At("door");
        }
        catch (OperationCanceledException)
        {
        }

        return 1;
    }

    [Sit(CacheSize = 10)]
    public async Task<int> Overloaded(int number)
    {
        Say("int");
        return number;
    }

    [Sit(CacheSize = 10)]
    public async Task<int> Overloaded(long number)
    {
        Say("long");
        return (int)number * 100;
    }

    [Sit(CacheSize = 10)]
    public async Task<string> Generic<T>(T value)
    {
        Say("body");
        return typeof(T).Name + value;
    }

    [Sit(CacheSize = 10)]
    public async Task<string> Optional(string text, int number = 7, string? other = null)
    {
        Say("body");
        return text + number + other;
    }

    [Sit(CacheSize = 10)]
    public async Task<int> WithToken(int number, CancellationToken token)
    {
        Say("body");
        await Task.Delay(1, token);
        return number;
    }

    [Sit(CacheSize = 10)]
    public async Task<int> ByEquality(Colliding key)
    {
        Say("body");
        return key.Number;
    }

    [Sit(CacheSize = 10, CacheScope = CacheScope.Shared)]
    public async Task<int> Shared(Guid key) => Interlocked.Increment(ref _runs);

    [Sit(CacheSize = 10)]
    public static async Task<int> Static(Guid key) => Interlocked.Increment(ref _runs);

    [Sit(CacheSize = 10)]
    public Task<int> NotAsync(int number)
    {
        Say("body");
        return Task.FromResult(number);
    }

    [Sit(CacheSize = 10)]
    public async Task<SitContext> Contexts() => SitContext.Current;
}

/// <summary>Keys that share their hash code and are not equal.</summary>
public sealed record Colliding(int Number)
{
    public override int GetHashCode() => 1;

    public bool Equals(Colliding? other) => other?.Number == Number;
}

/// <summary>Another class with a method of the same name.</summary>
public class CachedToo : Scene
{
    [Sit(CacheSize = 3)]
    public async Task<string> Three(int number)
    {
        Say("body");
        return "other " + number;
    }
}

/// <summary>A method of a struct, whose value belongs to the key.</summary>
public readonly record struct CachedStruct(Scene Scene, int Factor)
{
    [Sit(CacheSize = 10)]
    public async Task<int> Times(int number)
    {
        Scene.Say("body");
        return Factor * number;
    }
}

/// <summary>Methods whose results the user's own cache keeps.</summary>
public class CachedByUser(IMemoryCache? cache) : Scene
{
    private static int _runs;

    private readonly IMemoryCache? _cache = cache;

    public static MemoryCache Common { get; } = new(new MemoryCacheOptions());

    public IMemoryCache? Own => _cache;

    [Sit(Cache = nameof(_cache), StartupHooks = [nameof(OnStartup)])]
    public async Task<string?> Work(int number)
    {
        Say("body");
        await Task.Yield();
        return number < 0 ? null : "result " + number;
    }

    [Sit(Cache = nameof(Own))]
    public async Task<string> Other(int number)
    {
        Say("other");
        return "other " + number;
    }

    [Sit(Cache = nameof(Get), CacheSeconds = 60)]
    public async ValueTask<int> Minute(int number)
    {
        Say("body");
        return Count("body");
    }

    [Sit(Cache = nameof(Common))]
    public async Task<int> InCommon(Guid key) => Interlocked.Increment(ref _runs);

    [Sit(Cache = nameof(Common), CacheScope = CacheScope.Shared)]
    public async Task<int> SharedInCommon(Guid key) => Interlocked.Increment(ref _runs);

    [Sit(Cache = nameof(_cache))]
    public async Task<int> Fail(int number)
    {
        Say("body");
        throw new ArgumentException("body");
    }

    private IMemoryCache? Get() => _cache;
}

/// <summary>Methods that concurrent calls share.</summary>
public class Flights : Scene
{
    public CancellationToken Token { get; private set; }

    [Sit(
        CacheSize = 10, StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)],
        CancellationHooks = [nameof(OnCancellation)], ExceptionHooks = [nameof(OnException)])]
    public async Task<string?> Work(int number, CancellationToken token)
    {
        Say("body");
        Token = token;
        try
        {
            await At("door");
            return "result " + number;
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(CacheSize = 10, ExceptionHooks = [nameof(OnException)])]
    public async Task<string> Fail()
    {
        Say("body");
        await At("door");
        throw new ArgumentException("shared");
    }

    [Sit(CacheSize = 10, ExceptionHooks = [nameof(OnException)])]
    public async Task<string> FailInCleanup(CancellationToken token)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, token);
            return "result";
        }
        finally
        {
            Throw("cleanup");
        }
    }

    [Sit(CacheSize = 10, OnCancel = SitOutcome.Throw, CancellationHooks = [nameof(OnCancellation)])]
    public async Task<string> OrThrow()
    {
        Say("body");
        await At("door");
        return "result";
    }

    [Sit(CacheSize = 10, RestartHooks = [nameof(OnRestart)])]
    public async Task<int> Restarted()
    {
        Say("body");
        if (Count("body") == 1)
        {
            await At("door");
        }

        return Count("body");
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    public async Task<string?> Caller(int number) => await Work(number, CancellationToken.None);

    private static void Throw(string message) => throw new ArgumentException(message);
}

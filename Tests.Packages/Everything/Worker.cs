using Microsoft.Extensions.Caching.Memory;
using Polly;
using Polly.Retry;
using Sitters;

namespace Consumer;

public class Worker
{
    private static readonly RetryStrategyOptions _twice = new() { MaxRetryAttempts = 1, Delay = TimeSpan.Zero };
    private readonly IMemoryCache _cache = new MemoryCache(new MemoryCacheOptions());
    private int _failures;

    public TaskCompletionSource Door { get; set; } = new();

    public int Loads { get; private set; }

    [Sit(StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task<string?> Hooked(string name)
    {
        await Task.Yield();
        return "hello " + name;
    }

    [Sit(TimeoutSeconds = 0.05, TimeoutHooks = [nameof(OnTimeout)])]
    public async Task<string?> Slow()
    {
        await Task.Delay(Timeout.Infinite);
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 0.05, MaxAttempts = 2, OnTimeout = SitOutcome.Throw)]
    public async Task<int> SlowAtFirst()
    {
        if (SitContext.Current.Attempt == 1)
            await Task.Delay(Timeout.Infinite);
        return SitContext.Current.Attempt;
    }

    [Sit(MaxAttempts = 3, RetryOn = [typeof(InvalidOperationException)], RetryBackoff = DelayBackoffType.Exponential, RetryDelaySeconds = 0.001, RetryJitter = true)]
    public async Task<int> Flaky()
    {
        await Task.Yield();
        return SitContext.Current.Attempt == 3 ? 3 : throw new InvalidOperationException();
    }

    [Sit(Retry = nameof(_twice))]
    public async ValueTask<int> FlakyWithMember()
    {
        await Task.Yield();
        return ++_failures == 2 ? 2 : throw new InvalidOperationException();
    }

    [Sit(CacheSize = 10, CacheSeconds = 60)]
    public async Task<int> Cached(int number)
    {
        await Task.Yield();
        Loads++;
        return number;
    }

    [Sit(Cache = nameof(_cache))]
    public async Task<string> CachedInMemoryCache(string key)
    {
        await Task.Yield();
        Loads++;
        return key;
    }

    [Sit]
    public Task<int> NotAsync(int number) => Task.FromResult(number);

    [Sit]
    public async Task<string> Generic<TFirst, TSecond>(TFirst first, TSecond second)
    {
        await Task.Yield();
        return $"{first} {second}";
    }

    [Sit(RestartHooks = [nameof(OnRestart)], CancellationHooks = [nameof(OnCancellation)])]
    public async Task<string?> Stops()
    {
        try
        {
            await Door.Task;
            return "done";
        }
        finally
        {
            await Clean();
        }
    }

    [Sit]
    public async Task Waits(CancellationToken token) => await Task.Delay(Timeout.Infinite, token);

    [Sit]
    public async IAsyncEnumerable<int> Stream(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    [Sit(FlowContext = false, TimeoutSeconds = 60, OnTimeout = SitOutcome.Throw)]
    public async Task<int> WithoutFlow(int number)
    {
        await Task.Yield();
        return number;
    }

    [Sit(HooksType = typeof(Journal), ExceptionHooks = [nameof(Journal.OnException)])]
    public async Task Fails()
    {
        await Task.Yield();
        throw new InvalidOperationException("as it should");
    }

    private async Task Clean()
    {
        await Task.Yield();
        Console.WriteLine("finally");
    }

    private void OnStartup(SitContext call) => Console.WriteLine($"startup of {call.Name}");

    private async ValueTask OnCompletion()
    {
        await Task.Yield();
        Console.WriteLine("completion");
    }

    private static void OnTimeout() => Console.WriteLine("timeout");

    private void OnRestart()
    {
        Console.WriteLine("restart");
        Door.SetResult();
    }

    private void OnCancellation() => Console.WriteLine("cancellation");
}

public struct Counter
{
    public int Count { get; set; }

    [Sit]
    public async Task<int> Next()
    {
        await Task.Yield();
        return Count + 1;
    }
}

internal static class Journal
{
    public static void OnException(SitContext call) => Console.WriteLine($"exception: {call.Exception!.Message}");
}

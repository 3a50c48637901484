using Polly.Retry;
using Sitters;

namespace AssemblyToProcess.Configuring;

/// <summary>Methods whose settings change while the process runs.</summary>
public class Adjusted : Scene
{
    public static readonly RetryStrategyOptions Strategy = new() { MaxRetryAttempts = 1, Delay = TimeSpan.Zero };

    [Sit(TimeoutSeconds = 10, OnTimeout = SitOutcome.Throw)]
    public async Task<string?> Read()
    {
        Say(SitContext.TryGetCurrent(out _) ? "read" : "read unsat");
        await At("read");
        return "read";
    }

    [Sit(MaxAttempts = 2, RetryDelaySeconds = 1)]
    public async Task<string?> Fail()
    {
        Say("try");
        await At("fail");
        throw new IOException("down");
    }

    [Sit(StartupHooks = [nameof(OnStartup)], RestartHooks = [nameof(OnRestart)], CompletionHooks = [nameof(OnCompletion)])]
    public async Task<int> Number(int number)
    {
        Say("number");
        await At("number");
        return number;
    }

    [Sit(FlowContext = false)]
    public async ValueTask<int?> Quick(int number)
    {
        await At("quick");
        return number;
    }

    [Sit(CacheSize = 10)]
    public async Task<string?> Cached(int key)
    {
        Say($"cached {key}");
        await At("cached");
        return $"{key}";
    }

    [Sit(Retry = nameof(Strategy))]
    public async Task Retried()
    {
        await At("retried");
        Say("retried");
    }

    [Sit]
    public async Task<string?> Over(int number)
    {
        await At("over");
        return $"{number} {Limit}";
    }

    [Sit]
    public async Task<string?> Over(string text)
    {
        await At("over");
        return $"{text} {Limit}";
    }

    [Sit]
    public async IAsyncEnumerable<int> Stream()
    {
        Say(SitContext.TryGetCurrent(out _) ? "stream" : "stream unsat");
        await At("stream");
        yield return 1;
        await At("stream");
        yield return 2;
    }

    [Sit]
    public async Task<bool> Given(CancellationToken token, CancellationToken? other)
    {
        await At("given");
        return Tokens(token, other);
    }

    [Sit]
    public Task<bool> Handed(CancellationToken token, CancellationToken? other) => Task.FromResult(Tokens(token, other));

    [Sit]
    public async Task<string?> Outer()
    {
        Say("outer");
        try
        {
            return await Read();
        }
        finally
        {
            Say("outer over");
        }
    }

    public CancellationToken Expected { get; set; }

    private static string Limit => SitContext.TryGetCurrent(out var call) ? $"{call.Attempt}" : "unsat";

    private bool Tokens(CancellationToken token, CancellationToken? other) => token == Expected && other is null;

    public class Inner : Scene
    {
        [Sit]
        public async Task<string?> Read()
        {
            await At("inner");
            return "inner";
        }
    }

    public class Box<T> : Scene
    {
        [Sit]
        public async Task<string?> Open<TKey>(T content, TKey key)
        {
            await At("box");
            return $"{content} {key}";
        }
    }
}

using Polly;
using Polly.Retry;
using Sitters;

namespace AssemblyToProcess.Representative;

// One method a class, as small as it can be: what the weaver makes of each is kept as text, for people to read.

public class Alone
{
    [Sit]
    public async Task<int> Work(int number)
    {
        await Task.Yield();
        return number;
    }
}

public class OfValueTask
{
    [Sit]
    public static async ValueTask Work(Task work) => await work.ConfigureAwait(false);
}

public class Hooked
{
    [Sit(StartupHooks = [nameof(OnStartup)], CompletionHooks = [nameof(OnCompletion)], CancellationHooks = [nameof(OnCancellation)])]
    public async Task<string?> Work() => await Task.FromResult("done");

    private void OnStartup()
    {
    }

    private static async Task OnCompletion(SitContext call) => await Task.Yield();

    private static ValueTask OnCancellation() => default;
}

public class Retried
{
    [Sit(
        MaxAttempts = 3, RetryDelaySeconds = 0.5, RetryBackoff = DelayBackoffType.Exponential, RetryJitter = true,
        RetryOn = [typeof(IOException), typeof(TimeoutException)])]
    public async Task Work() => await Task.Yield();
}

public class RetriedByMember
{
    private readonly RetryStrategyOptions<string> _patiently = new();

    [Sit(Retry = nameof(_patiently))]
    public async Task<string> Work() => await Task.FromResult("done");
}

public class Cached
{
    [Sit(CacheSize = 100, CacheSeconds = 60)]
    public async Task<string> Work(int number, string text, CancellationToken token)
    {
        await Task.Delay(number, token);
        return text;
    }
}

public class Timed
{
    [Sit(TimeoutSeconds = 10, AttemptTimeoutSeconds = 2, MaxAttempts = 2, OnTimeout = SitOutcome.Throw, GraceSeconds = 1)]
    public async Task Work() => await Task.Yield();
}

public class WithTokens
{
    [Sit]
    public async Task Work(CancellationToken token, CancellationToken? other = null) => await Task.Delay(1, other ?? token);
}

public struct InStruct
{
    public int Number { get; private set; }

    [Sit]
    public async Task<int> Work()
    {
        Number++;
        await Task.Yield();
        return Number;
    }
}

public class Generic<TOuter>
    where TOuter : class
{
    [Sit]
    public async Task<TInner> Work<TInner>(TOuter outer, TInner inner)
        where TInner : struct
    {
        await Task.Yield();
        return inner;
    }
}

public class Cleaning
{
    [Sit]
    public async Task<int> Work(IAsyncDisposable thing)
    {
        await using (thing)
        {
            try
            {
                return await Task.FromResult(1);
            }
            catch (InvalidOperationException)
            {
                return await Task.FromResult(2);
            }
        }
    }
}

public class NotAsync
{
    [Sit]
    public Task<int> Work(int number) => number > 0 ? Task.FromResult(number) : throw new ArgumentOutOfRangeException(nameof(number));
}

public class Streaming
{
    [Sit]
    public async IAsyncEnumerable<int> Work(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await Task.Yield();
            yield return number;
        }
    }
}

/// <summary>Not sat, but under control where it runs inside a sat call.</summary>
public class Helper
{
    public async Task<int> Work(Task<int> work) => await work;
}

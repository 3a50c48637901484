using Polly.Retry;
using Sitters;

namespace AssemblyToProcess;

/// <summary>Settings at every level: what counts in the end is in each method's plan.</summary>
[Sit(TimeoutSeconds = 10, OnTimeout = SitOutcome.Throw, MaxAttempts = 4)]
public class Configured
{
    [Sit(MaxAttempts = 2)]
    public Task<int> MethodAndClass() => Task.FromResult(1);

    public Task<int> ClassAlone() => Task.FromResult(1);

    [Sit(Disabled = true)]
    public Task<int> Disabled() => Task.FromResult(1);

    [Sit(TimeoutSeconds = 0)]
    public Task<int> TakesOut() => Task.FromResult(1);
}

[Sit(Retry = nameof(Options))]
public class ClassWithRetry
{
    private static RetryStrategyOptions Options { get; } = new();

    [Sit(MaxAttempts = 2)]
    public Task Shorthand() => Task.CompletedTask;
}

/// <summary>No attribute, so that FodyWeavers.xml alone may sit them.</summary>
public class ApplyTarget
{
    public Task<int> GetAsync() => Task.FromResult(1);

    public async Task<int> Other()
    {
        await Task.Yield();
        return 1;
    }

    public int NotATask() => 1;

    public Task Ref(ref int number) => Task.FromResult(number);

    [Sit(MaxAttempts = 9)]
    public Task<int> WithAttribute() => Task.FromResult(1);
}

public class CacheTarget
{
    public Task<int> Number() => Task.FromResult(1);

    public Task Nothing() => Task.CompletedTask;

    public Task<Stream> Opened() => Task.FromResult(Stream.Null);

    public async IAsyncEnumerable<int> Elements()
    {
        await Task.Yield();
        yield return 1;
    }
}

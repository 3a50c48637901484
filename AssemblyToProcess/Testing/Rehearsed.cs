using Polly.Retry;
using Sitters;

namespace AssemblyToProcess.Testing;

/// <summary>What tests with a clock of their own run.</summary>
public class Rehearsed
{
    /// <summary>The test's.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>What the methods ask for.</summary>
    public Func<Task<string>> Ask { get; set; } = () => Task.FromResult("answer");

    public int Asked { get; set; }

    public TaskCompletionSource CleanedUp { get; } = new();

    public RetryStrategyOptions Strategy { get; } = new() { MaxRetryAttempts = 2, Delay = TimeSpan.FromMinutes(10) };

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> Limited() => await Ask();

    [Sit(TimeoutSeconds = 3)]
    public async ValueTask<string?> LimitedValueTask() => await Ask();

    [Sit(TimeoutSeconds = 3)]
    public async ValueTask LimitedWithoutResult() => await Ask();

    [Sit(TimeoutSeconds = 3, OnTimeout = SitOutcome.Throw)]
    public async Task<string> LimitedOrThrow() => await Ask();

    [Sit(TimeoutSeconds = 3)]
    public Task<string> NotAsync() => Ask();

    [Sit(AttemptTimeoutSeconds = 3, MaxAttempts = 2, OnTimeout = SitOutcome.Throw)]
    public async Task<string> LimitedAttempts()
    {
        Asked++;
        return await Ask();
    }

    [Sit]
    public async Task<string> Unlimited()
    {
        try
        {
            return await Ask();
        }
        finally
        {
            CleanedUp.SetResult();
        }
    }

    [Sit(MaxAttempts = 3, RetryDelaySeconds = 600)]
    public async Task<string> Retried()
    {
        Asked++;
        return await Ask();
    }

    [Sit(MaxAttempts = int.MaxValue, RetryDelaySeconds = 600)]
    public async Task<string> RetriedForEver() => await Ask();

    [Sit(Retry = nameof(Strategy))]
    public async Task<string> RetriedByStrategy()
    {
        Asked++;
        return await Ask();
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> Sleeping(double seconds)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), Clock);
        return "slept";
    }

    [Sit(TimeoutSeconds = 60)]
    public async Task<int?> SleepingInTurns(int turns)
    {
        var slept = 0;
        while (slept < turns)
        {
            await Nap();
            slept++;
        }

        return slept;
    }

    [Sit(TimeoutSeconds = 60)]
    public async Task<string?> SleepingSideBySide()
    {
        await Task.WhenAll(Nap(), Nap(), Task.Run(Nap));
        return "slept";
    }

    /// <summary>What it has started waits for the clock, what it awaits for something else.</summary>
    [Sit(TimeoutSeconds = 10)]
    public async Task<string?> AskingBesideASleeper()
    {
        var sleeper = Sleeping(3600);
        var answer = await Ask();
        return $"{answer}, {await sleeper ?? "cut off"}";
    }

    [Sit]
    public async Task<string> Racing()
    {
        var ask = Ask();
        return await Task.WhenAny(ask, Task.Delay(TimeSpan.FromSeconds(5), Clock)) == ask ? await ask : "too late";
    }

    [Sit]
    public async Task<string> LimitedByWaitAsync() => await Ask().WaitAsync(TimeSpan.FromSeconds(5), Clock);

    [Sit(TimeoutSeconds = 10)]
    public async Task<int?> Ticking(PeriodicTimer timer)
    {
        for (var ticks = 0; ; ticks++)
        {
            if (ticks == 4 || !await timer.WaitForNextTickAsync())
            {
                return ticks;
            }
        }
    }

    [Sit(CacheSize = 10, CacheSeconds = 60)]
    public async Task<int> Cached(int key)
    {
        Asked++;
        await Task.Yield();
        return key * 2;
    }

    [Sit]
    public async IAsyncEnumerable<int> Counting()
    {
        for (var i = 1; i <= 3; i++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), Clock);
            yield return i;
        }
    }

    private async Task Nap() => await Task.Delay(TimeSpan.FromSeconds(1), Clock);
}

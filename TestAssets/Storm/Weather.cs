using Microsoft.Extensions.Caching.Memory;
using Sitters;

namespace Storm;

/// <summary>The methods that are sat. Each writes down that it has begun and that it has left, and whose answer it gives.</summary>
[Sit(
    HooksType = typeof(Hooks), StartupHooks = [nameof(Hooks.OnStartup)],
    CompletionHooks = [nameof(Hooks.OnCompletion), nameof(Hooks.OnCompletionToo)],
    ExceptionHooks = [nameof(Hooks.OnException), nameof(Hooks.OnExceptionToo)],
    TimeoutHooks = [nameof(Hooks.OnTimeout), nameof(Hooks.OnTimeoutToo)],
    CancellationHooks = [nameof(Hooks.OnCancellation), nameof(Hooks.OnCancellationToo)],
    RestartHooks = [nameof(Hooks.OnRestart)], RetryHooks = [nameof(Hooks.OnRetry)], PauseHooks = [nameof(Hooks.OnPause)],
    ResumeHooks = [nameof(Hooks.OnResume)])]
internal sealed partial class Weather
{
    private static readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = 50 });

    public async Task<Answer?> Quick(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Quick));
        using var stay = Books.Enter("body Quick");
        await Task.CompletedTask;
        if (Dice.Once(2))
        {
            await Task.Yield();
        }

        return answer;
    }

    public async ValueTask<Answer?> Suspended(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Suspended));
        using var stay = Books.Enter("body Suspended");
        for (var i = Dice.Roll(4); i >= 0; i--)
        {
            await Waits.Some().ConfigureAwait(false);
        }

        return answer;
    }

    [Sit(FlowContext = false)]
    public async Task<Answer?> Unflowed(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Unflowed));
        using var stay = Books.Enter("body Unflowed");
        await Helpers.Step(2);
        await Waits.Some();
        return answer;
    }

    [Sit(
        MaxAttempts = 4, RetryOn = [typeof(SquallException)], RetryDelaySeconds = 0.002, RetryBackoff = Polly.DelayBackoffType.Exponential,
        RetryJitter = true, AttemptTimeoutSeconds = 0.05, TimeoutSeconds = 1)]
    public async Task<Answer?> Retried(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Retried));
        using var stay = Books.Enter("body Retried");
        await Waits.Some();
        await Helpers.Step(1);
        if (Dice.Once(3))
        {
            throw new SquallException();
        }

        return answer;
    }

    [Sit(TimeoutSeconds = 0.02)]
    public async Task<Answer?> Timed(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Timed));
        using var stay = Books.Enter("body Timed");
        await Task.Delay(Dice.Roll(40));
        return answer;
    }

    [Sit(TimeoutSeconds = 0.02, OnTimeout = SitOutcome.Throw, SettleSeconds = 0.01)]
    public async Task<Answer?> DeafToTime(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(DeafToTime));
        using var stay = Books.Enter("body DeafToTime");
        await Waits.Deaf();
        await Waits.Some();
        return answer;
    }

    /// <summary>Its cleanup takes longer than its grace, at times.</summary>
    [Sit(TimeoutSeconds = 0.02, GraceSeconds = 0.02)]
    public async Task<Answer?> Late(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Late));
        using var stay = Books.Enter("body Late");
        try
        {
            await Waits.Some();
            await Waits.Some();
        }
        finally
        {
            await Helpers.Cleanup();
        }

        return answer;
    }

    /// <summary>Says nothing of its interrupt.</summary>
    [Sit(TimeoutSeconds = 0.02, MaxAttempts = 2, AttemptTimeoutSeconds = 0.015)]
    public async Task<Answer?> Swallowing(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Swallowing));
        using var stay = Books.Enter("body Swallowing");
        try
        {
            await Task.Delay(Dice.Roll(40));
            return answer;
        }
        catch (OperationCanceledException)
        {
            return answer with { HasSwallowed = true };
        }
    }

    public async Task<Answer?> Given(Ticket ticket, CancellationToken token)
    {
        var answer = ticket.Begin(nameof(Given));
        using var stay = Books.Enter("body Given");
        await Task.Delay(Dice.Roll(20), token);
        await Helpers.Step(1);
        return answer;
    }

    public async Task<Answer?> Nested(Ticket ticket, int depth)
    {
        var answer = ticket.Begin(nameof(Nested));
        using var stay = Books.Enter("body Nested");
        await Calls.Make(depth - 1);
        await Task.WhenAll(Enumerable.Range(0, Dice.Roll(4)).Select(_ => Calls.Make(depth - 1)));
        return answer;
    }

    [Sit(TimeoutSeconds = 0.5)]
    public async Task<Answer?> Fanning(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(Fanning));
        using var stay = Books.Enter("body Fanning");
        await Task.WhenAll(Enumerable.Range(0, Dice.Roll(8)).Select(i => i % 3 == 0 ? Task.Run(() => Helpers.Step(2)) : Helpers.Step(i)));
        await Parallel.ForEachAsync(Enumerable.Range(0, 3), async (_, token) => await Waits.Some(token));
        return answer;
    }

    [Sit]
    public Task<Answer?> NotAsync(Ticket ticket)
    {
        var answer = ticket.Begin(nameof(NotAsync));
        return Helpers.Returning(answer);
    }

    [Sit(CacheSize = 8, CacheSeconds = 0.3)]
    public async Task<Cast?> Cached(int key)
    {
        using var stay = Books.Enter("body Cached");
        return await Throw(this, key);
    }

    [Sit(CacheSize = 20, CacheSlidingSeconds = 0.3, CacheScope = CacheScope.Shared, MaxAttempts = 2)]
    public static async Task<Cast?> Shared(Key key)
    {
        using var stay = Books.Enter("body Shared");
        return await Throw(null, key.Number);
    }

    [Sit(Cache = nameof(_memory), CacheSeconds = 0.3)]
    public async Task<Cast?> Remembered(int key)
    {
        using var stay = Books.Enter("body Remembered");
        return await Throw(this, key);
    }

    [Sit(Disabled = true)]
    private static async Task<Cast?> Throw(object? owner, int key)
    {
        var cast = new Cast(owner, key);
        await Waits.Some();
        await Helpers.Step(1);
        if (Dice.Once(30))
        {
            throw new SquallException();
        }

        cast.IsDone = true;
        return cast;
    }
}

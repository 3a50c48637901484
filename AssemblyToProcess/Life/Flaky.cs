using Polly;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that fail a number of times before they succeed.</summary>
[Sit(
    StartupHooks = [nameof(Scene.OnStartup)], CompletionHooks = [nameof(Scene.OnCompletion)], ExceptionHooks = [nameof(Scene.OnException)],
    TimeoutHooks = [nameof(Scene.OnTimeout)], CancellationHooks = [nameof(Scene.OnCancellation)], RestartHooks = [nameof(Scene.OnRestart)],
    RetryHooks = [nameof(Scene.OnRetry)], PauseHooks = [nameof(Scene.OnPause)], ResumeHooks = [nameof(Scene.OnResume)])]
public class Flaky : Scene
{
    public int Failures { get; set; } = int.MaxValue;

    public Exception? Thrown { get; private set; }

    public List<int> Attempts { get; } = [];

    public List<Exception?> SeenByHook { get; } = [];

    /// <summary>Says where the running code is.</summary>
    public Func<string> Place { get; set; } = () => "";

    public List<string> Places { get; } = [];

    [Sit]
    public async Task<int> Once() => await Try();

    [Sit(MaxAttempts = 1)]
    public async Task<int> OneAttempt() => await Try();

    [Sit(MaxAttempts = 5)]
    public async Task<int> Five() => await Try();

    [Sit(MaxAttempts = 5)]
    public async Task<int> FiveSynchronously() => TryAtOnce();

    [Sit(MaxAttempts = 5)]
    public Task<int> FiveNotAsync() => Task.FromResult(TryAtOnce());

    [Sit(MaxAttempts = 5)]
    public Task<int> FiveOfTask()
    {
        try
        {
            return Task.FromResult(TryAtOnce());
        }
        catch (ArgumentException exception)
        {
            return Task.FromException<int>(exception);
        }
    }

    [Sit(MaxAttempts = 3)]
    public async Task<string?> Null()
    {
        Say("body");
        return null;
    }

    [Sit(MaxAttempts = 3, FlowContext = false)]
    public async ValueTask<int> WithoutFlow() => await Try();

    [Sit(MaxAttempts = 3)]
    public async Task InParallel() => await Task.WhenAll(Task.Delay(1), Try(), Task.Delay(1));

    [Sit(MaxAttempts = 4, RetryDelaySeconds = 2)]
    public async Task Constant() => await Try();

    [Sit(MaxAttempts = 4, RetryDelaySeconds = 2, RetryBackoff = DelayBackoffType.Linear)]
    public async Task Linear() => await Try();

    [Sit(MaxAttempts = 5, RetryDelaySeconds = 2, RetryBackoff = DelayBackoffType.Exponential)]
    public async Task Exponential() => await Try();

    [Sit(MaxAttempts = 5, RetryDelaySeconds = 2, RetryBackoff = DelayBackoffType.Exponential, MaxRetryDelaySeconds = 5)]
    public async Task Limited() => await Try();

    [Sit(MaxAttempts = 2000, RetryDelaySeconds = 1, RetryBackoff = DelayBackoffType.Exponential, MaxRetryDelaySeconds = 60)]
    public async Task Long() => TryAtOnce();

    [Sit(MaxAttempts = 20, RetryDelaySeconds = 8, RetryJitter = true)]
    public async Task Jitter() => await Try();

    [Sit(MaxAttempts = 3, RetryDelaySeconds = 10)]
    public async Task<int?> Slow() => await Try();

    [Sit(MaxAttempts = 3, RetryDelaySeconds = 10, RetryHooks = [nameof(SlowRetry)])]
    public async Task<int> SlowHook() => await Try();

    [Sit(MaxAttempts = 3, RetryHooks = [nameof(SeeFailure)])]
    public async Task<int> Seen() => await Try();

    [Sit(MaxAttempts = 2)]
    public async Task FailsOnce()
    {
        await SeePlaces();
        if (SitContext.Current.Attempt == 1)
        {
            throw new E0();
        }
    }

    [Sit(MaxAttempts = 2)]
    public async Task LeavesItsContext()
    {
        await SeePlaces();
        await At("work").ConfigureAwait(false);
        if (SitContext.Current.Attempt == 1)
        {
            throw new E0();
        }
    }

    [Sit(MaxAttempts = 2, AttemptTimeoutSeconds = 10, GraceSeconds = 5)]
    public async Task HangsOnce()
    {
        await SeePlaces();
        if (SitContext.Current.Attempt == 1)
        {
            try
            {
                await At("work");
            }
            finally
            {
                await At("cleanup");
            }
        }
    }

    [Sit]
    public async Task RestartsOnce()
    {
        await SeePlaces();
        if (SitContext.Current.Restarts == 0)
        {
            SitContext.Current.Restart();
            await Task.Yield();
        }
    }

    [Sit(MaxAttempts = 3)]
    public async Task Cancels(CancellationToken token)
    {
        Say("body");
        await Task.Delay(Timeout.Infinite, token);
    }

    [Sit(MaxAttempts = 3)]
    public async Task CancelsItself()
    {
        Say("body");
        await Task.FromCanceled(new CancellationToken(true));
    }

    [Sit(MaxAttempts = 3, RetryOn = [typeof(OperationCanceledException)])]
    public async Task RetriesCancellation()
    {
        Say("body");
        await Task.FromCanceled(new CancellationToken(true));
    }

    [Sit(MaxAttempts = 2, RetryOn = [typeof(E0), typeof(E2)], AbortOn = [typeof(E1)])]
    public async Task RetryE0E2AbortE1(Exception exception)
    {
        Say("body");
        await Task.Yield();
        throw exception;
    }

    [Sit(MaxAttempts = 2, RetryOn = [typeof(Exception), typeof(E1)], AbortOn = [typeof(E0), typeof(E2)])]
    public async Task RetryAllAbortE0E2(Exception exception)
    {
        Say("body");
        await Task.Yield();
        throw exception;
    }

    [Sit(MaxAttempts = 4, AbortOn = [typeof(E0)])]
    public async Task AbortE0(Exception exception)
    {
        Say("body");
        await Task.Yield();
        throw exception;
    }

    [Sit(Disabled = true)]
    private async Task<int> Try()
    {
        Attempts.Add(SitContext.TryGetCurrent(out var context) ? context.Attempt : 0);
        await Task.Yield();
        return TryAtOnce();
    }

    private int TryAtOnce()
    {
        Say("body");
        var count = Count("body");
        if (count <= Failures)
        {
            throw Thrown = new ArgumentException("attempt " + count);
        }

        return count;
    }

    [Sit(Disabled = true)]
    private async Task SlowRetry()
    {
        Say("slow");
        await At("door");
        Say("slow ended");
    }

    private async Task SeePlaces()
    {
        Places.Add(Place());
        await Task.Yield();
        Places.Add(Place());
    }

    private void SeeFailure(SitContext context) => SeenByHook.Add(context.Exception);
}

public class E0 : Exception;

public class E0S : E0;

public class E1 : E0;

public class E1S : E1;

public class E2 : E1;

public class E2S : E2;

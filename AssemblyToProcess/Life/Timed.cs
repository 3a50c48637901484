using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods with three seconds for the whole call.</summary>
[Sit(
    StartupHooks = [nameof(Scene.OnStartup)], CompletionHooks = [nameof(Scene.OnCompletion)], ExceptionHooks = [nameof(Scene.OnException)],
    TimeoutHooks = [nameof(Scene.OnTimeout)], CancellationHooks = [nameof(Scene.OnCancellation)], RestartHooks = [nameof(Scene.OnRestart)],
    RetryHooks = [nameof(Scene.OnRetry)], PauseHooks = [nameof(Scene.OnPause)], ResumeHooks = [nameof(Scene.OnResume)])]
public class Timed : Scene
{
    public ManualResetEventSlim Busy { get; } = new();

    public CancellationToken Token { get; private set; }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> Work()
    {
        Say("body");
        try
        {
            await At("door");
            Say("after");
            return "done";
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(TimeoutSeconds = 3, OnTimeout = SitOutcome.Throw)]
    public async Task<string> WorkOrThrow()
    {
        Say("body");
        await At("door");
        return "done";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task WithoutResult() => await At("door");

    [Sit(TimeoutSeconds = 3)]
    public async ValueTask<int?> AsValueTask()
    {
        await At("door");
        return 5;
    }

    [Sit(TimeoutSeconds = 3)]
    public async ValueTask AsValueTaskWithoutResult() => await At("door");

    [Sit(TimeoutSeconds = 3, FlowContext = false)]
    public async Task<string?> WithoutFlow()
    {
        Say("body");
        try
        {
            await At("door");
            return "done";
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> Swallow()
    {
        try
        {
            await At("door");
        }
        catch (OperationCanceledException)
        {
            Say("caught");
        }

        return "late";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> FailInCleanup()
    {
        try
        {
            await At("door");
            return "done";
        }
        finally
        {
            Say("finally");
            throw new ArithmeticException("cleanup");
        }
    }

    [Sit(TimeoutSeconds = 3, GraceSeconds = 2)]
    public async Task<string?> CleanUpSlowly()
    {
        try
        {
            Say("body");
            await At("door");
            return "done";
        }
        finally
        {
            Say("cleaning");
            await At("cleanup");
            Say("cleaned");
        }
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> InUsing()
    {
        await using (new Resource(this))
        {
            await At("door");
            return "done";
        }
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> CatchFilter()
    {
        try
        {
            await At("door");
        }
        catch (OperationCanceledException canceled) when (canceled.CancellationToken.IsCancellationRequested)
        {
            Say("filter");
            throw;
        }

        return "done";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> BusyThenAwait()
    {
        try
        {
            await At("door");
            Say("busy");
            Busy.Wait();
            Say("after busy");
            await Task.CompletedTask;
            Say("never");
            return "done";
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> BusyToTheEnd()
    {
        await At("door");
        Say("busy");
        Busy.Wait();
        return "done";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> WithToken(CancellationToken token)
    {
        Token = token;
        await At("door");
        return "done";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> WithNullableToken(CancellationToken? token)
    {
        Token = token!.Value;
        await At("door");
        return "done";
    }

    [Sit(TimeoutSeconds = 3, StartupHooks = [nameof(BeginSlowly)])]
    public async Task<string?> StartSlowly()
    {
        Say("body");
        return "done";
    }

    [Sit(TimeoutSeconds = 3, MaxAttempts = 3, RetryDelaySeconds = 5)]
    public async Task<string?> FailThenWait()
    {
        Say("body");
        throw new ArgumentException("attempt");
    }

    [Sit(TimeoutSeconds = 3, MaxAttempts = 3, OnTimeout = SitOutcome.Throw)]
    public async Task<string> FailThenHang()
    {
        Say("body");
        if (Count("body") == 1)
        {
            throw new ArgumentException("attempt");
        }

        await At("door");
        return "done";
    }

    [Sit(TimeoutSeconds = 3, MaxAttempts = 3, RetryHooks = [nameof(AskForever)])]
    public async Task<int?> FailThenAsk()
    {
        Say("body");
        throw new InvalidOperationException("retried");
    }

    [Sit(TimeoutSeconds = 3, MaxAttempts = 10, RetryDelaySeconds = 1)]
    public async Task<string?> FailSlowly()
    {
        Say("body");
        await Task.Yield();
        throw new ArgumentException("attempt");
    }

    [Sit(TimeoutSeconds = 3, CacheSize = 4)]
    public async Task<string?> CachedSwallow()
    {
        Say("body");
        try
        {
            await At("door");
        }
        catch (OperationCanceledException)
        {
        }

        return "late";
    }

    [Sit(Disabled = true)]
    private async Task BeginSlowly() => await At("cleanup");

    private sealed class Resource(Timed owner) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            owner.Say("disposing");
            await Task.Yield();
            owner.Say("disposed");
        }
    }

    private async Task AskForever()
    {
        Say("retrying");
        try
        {
            await At("door");
        }
        finally
        {
            Say("retry interrupted");
        }
    }
}

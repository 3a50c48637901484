using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods with three seconds for the whole call.</summary>
[Sit(
    StartupHooks = [nameof(Recorder.OnStartup)], CompletionHooks = [nameof(Recorder.OnCompletion)], ExceptionHooks = [nameof(Recorder.OnException)],
    TimeoutHooks = [nameof(Recorder.OnTimeout)], CancellationHooks = [nameof(Recorder.OnCancellation)], RestartHooks = [nameof(Recorder.OnRestart)],
    RetryHooks = [nameof(Recorder.OnRetry)], PauseHooks = [nameof(Recorder.OnPause)], ResumeHooks = [nameof(Recorder.OnResume)])]
public class Timed : Recorder
{
    public TaskCompletionSource Cleanup { get; } = new();

    public ManualResetEventSlim Busy { get; } = new();

    public CancellationToken Token { get; private set; }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> Work()
    {
        Write("body");
        try
        {
            await Door.Task;
            Write("after");
            return "done";
        }
        finally
        {
            Write("finally");
        }
    }

    [Sit(TimeoutSeconds = 3, OnTimeout = SitOutcome.Throw)]
    public async Task<string> WorkOrThrow()
    {
        Write("body");
        await Door.Task;
        return "done";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task WithoutResult() => await Door.Task;

    [Sit(TimeoutSeconds = 3)]
    public async ValueTask<int?> AsValueTask()
    {
        await Door.Task;
        return 5;
    }

    [Sit(TimeoutSeconds = 3)]
    public async ValueTask AsValueTaskWithoutResult() => await Door.Task;

    [Sit(TimeoutSeconds = 3, FlowContext = false)]
    public async Task<string?> WithoutFlow()
    {
        Write("body");
        try
        {
            await Door.Task;
            return "done";
        }
        finally
        {
            Write("finally");
        }
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> Swallow()
    {
        try
        {
            await Door.Task;
        }
        catch (OperationCanceledException)
        {
            Write("caught");
        }

        return "late";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> FailInCleanup()
    {
        try
        {
            await Door.Task;
            return "done";
        }
        finally
        {
            Write("finally");
            throw new ArithmeticException("cleanup");
        }
    }

    [Sit(TimeoutSeconds = 3, GraceSeconds = 2)]
    public async Task<string?> CleanUpSlowly()
    {
        try
        {
            Write("body");
            await Door.Task;
            return "done";
        }
        finally
        {
            Write("cleaning");
            await Cleanup.Task;
            Write("cleaned");
        }
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> InUsing()
    {
        await using (new Resource(this))
        {
            await Door.Task;
            return "done";
        }
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> CatchFilter()
    {
        try
        {
            await Door.Task;
        }
        catch (OperationCanceledException canceled) when (canceled.CancellationToken.IsCancellationRequested)
        {
            Write("filter");
            throw;
        }

        return "done";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> BusyThenAwait()
    {
        try
        {
            await Door.Task;
            Write("busy");
            Busy.Wait();
            Write("after busy");
            await Task.CompletedTask;
            Write("never");
            return "done";
        }
        finally
        {
            Write("finally");
        }
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> BusyToTheEnd()
    {
        await Door.Task;
        Write("busy");
        Busy.Wait();
        return "done";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> WithToken(CancellationToken token)
    {
        Token = token;
        await Door.Task;
        return "done";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> WithNullableToken(CancellationToken? token)
    {
        Token = token!.Value;
        await Door.Task;
        return "done";
    }

    [Sit(TimeoutSeconds = 3, StartupHooks = [nameof(OnStartup), nameof(BeginSlowly)])]
    public async Task<string?> StartSlowly()
    {
        Write("body");
        return "done";
    }

    [Sit(TimeoutSeconds = 3, MaxAttempts = 3, RetryDelaySeconds = 5)]
    public async Task<string?> FailThenWait()
    {
        Write("body");
        throw new ArgumentException("attempt");
    }

    [Sit(TimeoutSeconds = 3, MaxAttempts = 3, OnTimeout = SitOutcome.Throw)]
    public async Task<string> FailThenHang()
    {
        Write("body");
        if (Count("body") == 1)
        {
            throw new ArgumentException("attempt");
        }

        await Door.Task;
        return "done";
    }

    [Sit(TimeoutSeconds = 3, MaxAttempts = 3, RetryHooks = [nameof(AskForever)])]
    public async Task<int?> FailThenAsk()
    {
        Write("body");
        throw new InvalidOperationException("retried");
    }

    [Sit(TimeoutSeconds = 3, MaxAttempts = 10, RetryDelaySeconds = 1)]
    public async Task<string?> FailSlowly()
    {
        Write("body");
        await Task.Yield();
        throw new ArgumentException("attempt");
    }

    [Sit(TimeoutSeconds = 3, CacheSize = 4)]
    public async Task<string?> CachedSwallow()
    {
        Write("body");
        try
        {
            await Door.Task;
        }
        catch (OperationCanceledException)
        {
        }

        return "late";
    }

    [Sit(Disabled = true)]
    private async Task BeginSlowly() => await Cleanup.Task;

    private sealed class Resource(Timed owner) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            owner.Write("disposing");
            await Task.Yield();
            owner.Write("disposed");
        }
    }

    private async Task AskForever()
    {
        Write("retrying");
        try
        {
            await Door.Task;
        }
        finally
        {
            Write("retry interrupted");
        }
    }
}

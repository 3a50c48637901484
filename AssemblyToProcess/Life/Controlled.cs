using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that wait, for a test to pause, resume, restart and cancel them.</summary>
[Sit(
    StartupHooks = [nameof(Recorder.OnStartup)], CompletionHooks = [nameof(Recorder.OnCompletion)], ExceptionHooks = [nameof(Recorder.OnException)],
    TimeoutHooks = [nameof(Recorder.OnTimeout)], CancellationHooks = [nameof(Recorder.OnCancellation)], RestartHooks = [nameof(Recorder.OnRestart)],
    RetryHooks = [nameof(Recorder.OnRetry)], PauseHooks = [nameof(Recorder.OnPause)], ResumeHooks = [nameof(Recorder.OnResume)])]
public class Controlled : Recorder
{
    public TaskCompletionSource Hook { get; } = new();

    public TaskCompletionSource Cleanup { get; } = new();

    public ManualResetEventSlim Busy { get; } = new();

    public List<int> Attempts { get; } = [];

    public CancellationToken Token { get; private set; }

    public async Task<int?> Work()
    {
        Write("body");
        try
        {
            await Door.Task;
            Write("after");
            return 5;
        }
        finally
        {
            Write("finally");
        }
    }

    [Sit(OnCancel = SitOutcome.Throw)]
    public async Task<int> WorkOrThrow()
    {
        Write("body");
        await Door.Task;
        return 5;
    }

    public async Task WithoutResult() => await Door.Task;

    public async ValueTask<int> AsValueTask()
    {
        await Door.Task;
        return 5;
    }

    [Sit(FlowContext = false)]
    public async Task<int?> WithoutFlow()
    {
        Write("body");
        try
        {
            await Door.Task;
            return 5;
        }
        finally
        {
            Write("finally");
        }
    }

    public async Task<int?> TwoStops()
    {
        Write("body");
        await Door.Task;
        Write("between");
        await Cleanup.Task;
        Write("after");
        return 5;
    }

    public async Task<int?> Swallow()
    {
        Write("body");
        try
        {
            await Door.Task;
        }
        catch (OperationCanceledException)
        {
            Write("caught");
        }

        return 6;
    }

    public async Task<int?> TurnIntoAnother()
    {
        try
        {
            await Door.Task;
        }
        catch (OperationCanceledException canceled)
        {
            throw new InvalidOperationException("wrapped", canceled);
        }

        return 6;
    }

    public async Task<int?> CleanUpSlowly()
    {
        Write("body");
        try
        {
            await Door.Task;
            return 5;
        }
        finally
        {
            Write("cleaning");
            await Cleanup.Task;
            Write("cleaned");
        }
    }

    public async Task<int?> Spin()
    {
        for (var i = 0; ; i++)
        {
            await Task.CompletedTask;
            if (i == 0)
            {
                Write("body");
            }

            if (Door.Task.IsCompleted)
            {
                return 5;
            }
        }
    }

    public async Task<int?> BusyThenAwait()
    {
        Write("body");
        await Task.Yield();
        Write("busy");
        Busy.Wait();
        Write("after busy");
        await Task.CompletedTask;
        Write("after");
        return 5;
    }

    public async Task<int?> WithToken(CancellationToken token)
    {
        Write("body");
        Token = token;
        await Door.Task;
        return 5;
    }

    /// <summary>Leaves the await to the token.</summary>
    public async Task<int?> PassToken(CancellationToken token)
    {
        Write("body");
        await Task.Delay(Timeout.Infinite, token);
        return 5;
    }

    public async Task<int?> FinishOnSecondStart()
    {
        Write("body");
        if (Count("body") == 1)
        {
            await Door.Task;
        }

        return Count("body");
    }

    [Sit(MaxAttempts = 3)]
    public async Task<int?> CountAttempts()
    {
        Write("body");
        Attempts.Add(SitContext.Current.Attempt);
        if (Attempts.Count is 1 or 3)
        {
            await Task.Yield();
            throw new ArgumentException("again");
        }

        if (Attempts.Count == 2)
        {
            await Door.Task;
        }

        return 5;
    }

    [Sit(TimeoutSeconds = 4)]
    public async Task<int?> Timed()
    {
        Write("body");
        try
        {
            await Door.Task;
            return 5;
        }
        finally
        {
            Write("finally");
        }
    }

    [Sit(AttemptTimeoutSeconds = 4)]
    public async Task<int?> TimedAttempt() => await WaitAtDoor();

    [Sit(MaxAttempts = 3, RetryDelaySeconds = 10)]
    public async Task<int?> WaitBetween()
    {
        Write("body");
        await Task.Yield();
        if (Count("body") == 1)
        {
            throw new ArgumentException("first");
        }

        return Count("body");
    }

    [Sit(StartupHooks = [nameof(OnStartup), nameof(Wait)])]
    public async Task<int?> StartSlowly() => await WaitAtDoor();

    [Sit(RestartHooks = [nameof(OnRestart), nameof(Wait)])]
    public async Task<int?> RestartSlowly() => await WaitAtDoor();

    [Sit(CompletionHooks = [nameof(OnCompletion), nameof(Wait)])]
    public async Task<int?> CompleteSlowly() => await WaitAtDoor();

    [Sit(CancellationHooks = [nameof(OnCancellation), nameof(Wait)])]
    public async Task<int?> CancelSlowly() => await WaitAtDoor();

    [Sit(ResumeHooks = [nameof(OnResume), nameof(Wait)])]
    public async Task<int?> ResumeSlowly()
    {
        Write("body");
        await Door.Task;
        Write("after");
        return 5;
    }

    [Sit(TimeoutSeconds = 4, CompletionHooks = [nameof(OnCompletion), nameof(Wait)])]
    public async Task<int?> TimedCompleteSlowly()
    {
        Write("body");
        return 5;
    }

    public async Task<SynchronizationContext?> OnItsContext()
    {
        Write("body");
        await Door.Task;
        return SynchronizationContext.Current;
    }

    public async Task<int?> AwaitsWhatFails(Task task)
    {
        Write("body");
        await task;
        return 5;
    }

    [Sit(Disabled = true)]
    private async Task<int?> WaitAtDoor()
    {
        Write("body");
        await Door.Task;
        return 5;
    }

    [Sit(Disabled = true)]
    private async Task Wait()
    {
        Write("hook");
        await Hook.Task;
        Write("hook ended");
    }
}

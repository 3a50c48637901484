using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods with two seconds for each attempt.</summary>
[Sit(
    StartupHooks = [nameof(Recorder.OnStartup)], CompletionHooks = [nameof(Recorder.OnCompletion)], ExceptionHooks = [nameof(Recorder.OnException)],
    TimeoutHooks = [nameof(Recorder.OnTimeout)], CancellationHooks = [nameof(Recorder.OnCancellation)], RestartHooks = [nameof(Recorder.OnRestart)],
    RetryHooks = [nameof(Recorder.OnRetry)], PauseHooks = [nameof(Recorder.OnPause)], ResumeHooks = [nameof(Recorder.OnResume)])]
public class AttemptTimed : Recorder
{
    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 3)]
    public async Task<string?> HangOnce()
    {
        Write("body");
        try
        {
            if (Count("body") == 1)
            {
                await Door.Task;
            }

            return "done";
        }
        finally
        {
            Write("finally");
        }
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2)]
    public async Task<string?> Hang()
    {
        Write("body");
        await Door.Task;
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2, OnTimeout = SitOutcome.Throw)]
    public async Task<string> HangOrThrow()
    {
        Write("body");
        await Door.Task;
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2)]
    public async Task<string?> HangInOnlyAttempt()
    {
        Write("body");
        await Door.Task;
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 3, RetryOn = [typeof(ArgumentException)])]
    public async Task<string?> HangNotRetriedOn()
    {
        Write("body");
        await Door.Task;
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 3, AbortOn = [typeof(TimeoutException)])]
    public async Task<string?> HangAbortedOn()
    {
        Write("body");
        await Door.Task;
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 3, RetryOn = [typeof(TimeoutException)])]
    public async Task<string?> HangRetriedOn()
    {
        Write("body");
        if (Count("body") < 3)
        {
            await Door.Task;
        }

        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2)]
    public async Task<string?> FailInTime()
    {
        Write("body");
        await Task.Yield();
        throw new ArgumentException("own");
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 5, TimeoutSeconds = 3)]
    public async Task<string?> HangWithinTotal()
    {
        Write("body");
        await Door.Task;
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2)]
    public async Task<string?> Swallow()
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

        return "late";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2)]
    public async Task<string?> Tokens(CancellationToken token)
    {
        Write("body");
        if (Count("body") == 1)
        {
            await Door.Task;
        }

        return token.IsCancellationRequested ? "cancelled" : "fresh";
    }
}

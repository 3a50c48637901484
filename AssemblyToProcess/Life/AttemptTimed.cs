using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods with two seconds for each attempt.</summary>
[Sit(
    StartupHooks = [nameof(Scene.OnStartup)], CompletionHooks = [nameof(Scene.OnCompletion)], ExceptionHooks = [nameof(Scene.OnException)],
    TimeoutHooks = [nameof(Scene.OnTimeout)], CancellationHooks = [nameof(Scene.OnCancellation)], RestartHooks = [nameof(Scene.OnRestart)],
    RetryHooks = [nameof(Scene.OnRetry)], PauseHooks = [nameof(Scene.OnPause)], ResumeHooks = [nameof(Scene.OnResume)])]
public class AttemptTimed : Scene
{
    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 3)]
    public async Task<string?> HangOnce()
    {
        Say("body");
        try
        {
            if (Count("body") == 1)
            {
                await At("door");
            }

            return "done";
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2)]
    public async Task<string?> Hang()
    {
        Say("body");
        await At("door");
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2, OnTimeout = SitOutcome.Throw)]
    public async Task<string> HangOrThrow()
    {
        Say("body");
        await At("door");
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2)]
    public async Task<string?> HangInOnlyAttempt()
    {
        Say("body");
        await At("door");
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 3, RetryOn = [typeof(ArgumentException)])]
    public async Task<string?> HangNotRetriedOn()
    {
        Say("body");
        await At("door");
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 3, AbortOn = [typeof(TimeoutException)])]
    public async Task<string?> HangAbortedOn()
    {
        Say("body");
        await At("door");
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 3, RetryOn = [typeof(TimeoutException)])]
    public async Task<string?> HangRetriedOn()
    {
        Say("body");
        if (Count("body") < 3)
        {
            await At("door");
        }

        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2)]
    public async Task<string?> FailInTime()
    {
        Say("body");
        await Task.Yield();
        throw new ArgumentException("own");
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 5, TimeoutSeconds = 3)]
    public async Task<string?> HangWithinTotal()
    {
        Say("body");
        await At("door");
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2)]
    public async Task<string?> Swallow()
    {
        Say("body");
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

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2)]
    public async Task<string?> Tokens(CancellationToken token)
    {
        Say("body");
        if (Count("body") == 1)
        {
            await At("door");
        }

        return token.IsCancellationRequested ? "cancelled" : "fresh";
    }
}

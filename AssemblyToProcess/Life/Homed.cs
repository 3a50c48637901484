using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that leave their caller's context, with hooks that tell whether they are there.</summary>
public sealed class Homed : Scene
{
    [Sit(
        MaxAttempts = 2,
        TimeoutSeconds = 3,
        StartupHooks = [nameof(Startup)],
        CompletionHooks = [nameof(Completion)],
        ExceptionHooks = [nameof(Exception)],
        RetryHooks = [nameof(Retry)],
        TimeoutHooks = [nameof(Timeout)],
        CancellationHooks = [nameof(Cancellation)],
        RestartHooks = [nameof(Restart)],
        PauseHooks = [nameof(Pause)],
        ResumeHooks = [nameof(Resume)])]
    public async Task<string?> Work()
    {
        Tell("body");
        await At("door").ConfigureAwait(false);
        await At("inside").ConfigureAwait(false);
        return "done";
    }

    [Sit(AttemptTimeoutSeconds = 3, GraceSeconds = 1, MaxAttempts = 2)]
    public async Task<string?> Stuck()
    {
        Tell("body");
        try
        {
            await At("door");
            return "done";
        }
        finally
        {
            await At("cleanup");
        }
    }

    public void Startup() => Tell("startup");

    public void Completion() => Tell("completion");

    public void Exception() => Tell("exception");

    public void Retry() => Tell("retry");

    public void Timeout() => Tell("timeout");

    public void Cancellation() => Tell("cancellation");

    public void Restart() => Tell("restart");

    public void Pause() => Tell("pause");

    public void Resume() => Tell("resume");

    private void Tell(string what) => Say(Thread.CurrentThread.Name == "single" ? what : $"{what} away");
}

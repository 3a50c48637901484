using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>A call that can be stopped at each phase of its life.</summary>
public class Phases : Scene
{
    private int _attempts;

    public bool Fails { get; set; }

    public bool FailsOnce { get; set; }

    [Sit(
        TimeoutSeconds = 10,
        GraceSeconds = 60,
        MaxAttempts = 2,
        RetryDelaySeconds = 1,
        StartupHooks = [nameof(OnStartupAt)],
        CompletionHooks = [nameof(OnCompletionAt)],
        ExceptionHooks = [nameof(OnExceptionAt)],
        TimeoutHooks = [nameof(OnTimeoutAt)],
        CancellationHooks = [nameof(OnCancellationAt)],
        RestartHooks = [nameof(OnRestartAt)],
        RetryHooks = [nameof(OnRetryAt)])]
    public async Task<string?> Work(CancellationToken token)
    {
        Say("body");
        try
        {
            await At("body");
            if (Fails || (FailsOnce && _attempts++ == 0))
            {
                throw new InvalidOperationException("failed");
            }

            Say("done");
            return "done";
        }
        finally
        {
            Say("finally");
            await At("finally");
        }
    }

    private Task OnStartupAt(SitContext context)
    {
        Context = context;
        return Hook("startup");
    }

    private Task OnCompletionAt(SitContext context) => Hook("completion");

    private Task OnExceptionAt(SitContext context) => Hook("exception");

    private Task OnTimeoutAt(SitContext context) => Hook("timeout");

    private Task OnCancellationAt(SitContext context)
    {
        Context = context;
        return Hook("cancellation");
    }

    private Task OnRestartAt(SitContext context) => Hook("restart");

    private Task OnRetryAt(SitContext context) => Hook("retry");

    private async Task Hook(string name)
    {
        Say(name);
        await At(name);
    }
}

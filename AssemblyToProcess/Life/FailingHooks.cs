using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Hooks that fail, one event each, with a sound one after it.</summary>
public class FailingHooks : Scene
{
    [Sit(
        StartupHooks = [nameof(Fail), nameof(OnStartup)], ExceptionHooks = [nameof(OnException)], CompletionHooks = [nameof(OnCompletion)],
        MaxAttempts = 3)]
    public async Task<int> AtStartup()
    {
        Say("body");
        return 1;
    }

    [Sit(StartupHooks = [nameof(Fail), nameof(FailToo)])]
    public async Task AtStartupTwice() => Say("body");

    [Sit(StartupHooks = [nameof(FailLater)], ExceptionHooks = [nameof(OnException)])]
    public async Task AtStartupLater() => Say("body");

    [Sit(GraceSeconds = 1, StartupHooks = [nameof(StopLate), nameof(FailLate)])]
    public async Task AtStartupLeftBehind() => Say("body");

    [Sit(CompletionHooks = [nameof(Fail), nameof(OnCompletion)])]
    public async Task<int> AtCompletion() => 5;

    [Sit(CompletionHooks = [nameof(FailLater), nameof(OnCompletion)])]
    public async Task<int> AtCompletionLater() => 6;

    [Sit(CompletionHooks = [nameof(GiveUp), nameof(OnCompletion)])]
    public async Task<int> AtCompletionCancelled() => 7;

    [Sit(CompletionHooks = [nameof(Fail)], CacheSize = 2)]
    public async Task<int> AtCompletionCached()
    {
        Say("body");
        return 8;
    }

    [Sit(ExceptionHooks = [nameof(Fail), nameof(OnException)])]
    public async Task AtException() => throw new ArgumentException("body");

    [Sit(TimeoutSeconds = 1, TimeoutHooks = [nameof(Fail), nameof(OnTimeout)])]
    public async Task<int?> AtTimeout()
    {
        await At("door");
        return 1;
    }

    [Sit(CancellationHooks = [nameof(Fail), nameof(OnCancellation)])]
    public async Task<int?> AtCancellation()
    {
        await At("door");
        return 1;
    }

    [Sit(RestartHooks = [nameof(Fail), nameof(OnRestart)])]
    public async Task<int> AtRestart()
    {
        Say("body");
        await At("door");
        return 9;
    }

    [Sit(MaxAttempts = 2, RetryHooks = [nameof(Fail), nameof(OnRetry)])]
    public async Task<int> AtRetry()
    {
        Say("body");
        return Count("body") == 1 ? throw new ArgumentException("body") : 10;
    }

    [Sit(PauseHooks = [nameof(Fail), nameof(OnPause)], ResumeHooks = [nameof(FailToo), nameof(OnResume)])]
    public async Task<int> AtPause()
    {
        await At("door");
        return 11;
    }

    private void Fail()
    {
        Say("fail");
        throw new NotSupportedException("hook");
    }

    private void FailToo()
    {
        Say("fail too");
        throw new NotSupportedException("other hook");
    }

    private async Task FailLater()
    {
        await Task.Yield();
        Say("fail");
        throw new NotSupportedException("hook");
    }

    /// <summary>Ends with the interrupt, after its time.</summary>
    private async Task StopLate()
    {
        try
        {
            await At("door");
        }
        finally
        {
            await At("stopping");
            Say("stopped");
        }
    }

    /// <summary>Fails after its time, with what is no interrupt.</summary>
    private async Task FailLate()
    {
        try
        {
            await At("door");
        }
        catch (OperationCanceledException)
        {
            await At("failing");
            throw new NotSupportedException("hook");
        }
    }

    private Task GiveUp() => Task.FromCanceled(new CancellationToken(true));
}

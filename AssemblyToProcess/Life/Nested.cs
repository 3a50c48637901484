using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Sat calls inside sat calls: the outer, a helper between, the inner.</summary>
public class Nested : Scene
{
    public List<SitContext> Contexts { get; } = [];

    [Sit(
        StartupHooks = [nameof(OuterStartup)], CompletionHooks = [nameof(OuterCompletion)], CancellationHooks = [nameof(OuterCancellation)],
        TimeoutHooks = [nameof(OuterTimeout)], ExceptionHooks = [nameof(OuterException)], RestartHooks = [nameof(OuterRestart)])]
    public async Task<string?> Outer()
    {
        Say("outer");
        try
        {
            var result = await Between();
            Say("outer got " + (result ?? "default"));
            return "outer " + result;
        }
        catch (OperationCanceledException)
        {
            Say("outer interrupted");
            throw;
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit(TimeoutSeconds = 3, TimeoutHooks = [nameof(OuterTimeout)])]
    public async Task<string?> TimedOuter()
    {
        try
        {
            var result = await Between();
            Say("outer got " + (result ?? "default"));
            return "outer " + result;
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit(
        StartupHooks = [nameof(InnerStartup)], CompletionHooks = [nameof(InnerCompletion)], CancellationHooks = [nameof(InnerCancellation)],
        TimeoutHooks = [nameof(InnerTimeout)], ExceptionHooks = [nameof(InnerException)], RestartHooks = [nameof(InnerRestart)])]
    public async Task<string?> Inner()
    {
        Say("inner");
        try
        {
            await At("door");
            Say("inner after");
            return "inner";
        }
        finally
        {
            Say("inner finally");
        }
    }

    [Sit]
    public async Task<string?> OuterOfTimed()
    {
        var result = await InnerTimed();
        Say("outer got " + (result ?? "default"));
        return "outer " + result;
    }

    [Sit(TimeoutSeconds = 2, TimeoutHooks = [nameof(InnerTimeout)])]
    public async Task<string?> InnerTimed()
    {
        await At("door");
        return "inner";
    }

    [Sit(CancellationHooks = [nameof(OuterCancellation)])]
    public async Task<string?> Several()
    {
        try
        {
            await Task.WhenAll(Inner(), Inner(), Inner());
            return "all";
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit(CancellationHooks = [nameof(OuterCancellation)])]
    public async Task<string?> InTaskRun()
    {
        try
        {
            return await Task.Run(() => Inner());
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit]
    public async Task<SitContext> See()
    {
        Contexts.Add(SitContext.Current);
        Contexts.Add(await SeeInside());
        Contexts.Add(SitContext.Current);
        return SitContext.Current;
    }

    [Sit]
    public async Task<SitContext> SeeInside()
    {
        await Task.Yield();
        return SitContext.Current;
    }

    [Sit(StartupHooks = [nameof(StartInner)])]
    public async Task<string?> InHook()
    {
        Say("outer");
        return "outer";
    }

    [Sit(CompletionHooks = [nameof(StartInner)])]
    public async Task<string?> InCompletionHook() => "outer";

    [Sit(ExceptionHooks = [nameof(StartInner)])]
    public async Task<string?> InExceptionHook() => throw new InvalidOperationException("outer");

    [Sit(TimeoutSeconds = 1, TimeoutHooks = [nameof(StartInner)])]
    public async Task<string?> InTimeoutHook() => await DoorOfOuter();

    [Sit(CancellationHooks = [nameof(StartInner)])]
    public async Task<string?> InCancellationHook() => await DoorOfOuter();

    [Sit(RestartHooks = [nameof(StartInner)])]
    public async Task<string?> InRestartHook() => SitContext.Current.Restarts == 0 ? await DoorOfOuter() : "outer";

    [Sit(PauseHooks = [nameof(StartInner)])]
    public async Task<string?> InPauseHook() => await DoorOfOuter();

    [Sit(ResumeHooks = [nameof(StartInner)])]
    public async Task<string?> InResumeHook() => await DoorOfOuter();

    [Sit(MaxAttempts = 2, RetryHooks = [nameof(StartInner)], CancellationHooks = [nameof(OuterCancellation)])]
    public async Task<string?> InRetryHook() => SitContext.Current.Attempt == 1 ? throw new InvalidOperationException("outer") : "outer";

    [Sit(CancellationHooks = [nameof(SlowInnerCancellation)])]
    public async Task<string?> SlowInner()
    {
        Say("inner");
        await At("door");
        return "inner";
    }

    [Sit(CancellationHooks = [nameof(OuterCancellation)])]
    public async Task<string?> OuterOfSlow()
    {
        try
        {
            return await SlowInner();
        }
        finally
        {
            Say("outer finally");
        }
    }

    [Sit]
    public async Task<int> Depth(int depth) => depth == 0 ? 0 : 1 + await Depth(depth - 1);

    private async Task<string?> Between()
    {
        try
        {
            return await Inner();
        }
        finally
        {
            Say("between finally");
        }
    }

    private async Task StartInner() => Say("hook got " + (await Inner() ?? "default"));

    private async Task<string> DoorOfOuter()
    {
        Say("outer");
        await At("hook");
        return "outer";
    }

    private async Task SlowInnerCancellation()
    {
        Say("inner cancelling");
        await At("hook");
        Say("inner cancellation");
    }

    private void OuterStartup() => Say("outer startup");

    private void OuterCompletion() => Say("outer completion");

    private void OuterCancellation() => Say("outer cancellation");

    private void OuterTimeout() => Say("outer timeout");

    private void OuterException() => Say("outer exception");

    private void OuterRestart() => Say("outer restart");

    private void InnerStartup() => Say("inner startup");

    private void InnerCompletion() => Say("inner completion");

    private void InnerCancellation() => Say("inner cancellation");

    private void InnerTimeout() => Say("inner timeout");

    private void InnerException() => Say("inner exception");

    private void InnerRestart() => Say("inner restart");
}

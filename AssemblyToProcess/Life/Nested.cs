using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Sat calls inside sat calls: the outer, a helper between, the inner.</summary>
public class Nested : Recorder
{
    public List<SitContext> Contexts { get; } = [];

    public TaskCompletionSource Hook { get; } = new();

    [Sit(
        StartupHooks = [nameof(OuterStartup)], CompletionHooks = [nameof(OuterCompletion)], CancellationHooks = [nameof(OuterCancellation)],
        TimeoutHooks = [nameof(OuterTimeout)], ExceptionHooks = [nameof(OuterException)], RestartHooks = [nameof(OuterRestart)])]
    public async Task<string?> Outer()
    {
        Write("outer");
        try
        {
            var result = await Between();
            Write("outer got " + (result ?? "default"));
            return "outer " + result;
        }
        catch (OperationCanceledException)
        {
            Write("outer interrupted");
            throw;
        }
        finally
        {
            Write("outer finally");
        }
    }

    [Sit(TimeoutSeconds = 3, TimeoutHooks = [nameof(OuterTimeout)])]
    public async Task<string?> TimedOuter()
    {
        try
        {
            var result = await Between();
            Write("outer got " + (result ?? "default"));
            return "outer " + result;
        }
        finally
        {
            Write("outer finally");
        }
    }

    [Sit(
        StartupHooks = [nameof(InnerStartup)], CompletionHooks = [nameof(InnerCompletion)], CancellationHooks = [nameof(InnerCancellation)],
        TimeoutHooks = [nameof(InnerTimeout)], ExceptionHooks = [nameof(InnerException)], RestartHooks = [nameof(InnerRestart)])]
    public async Task<string?> Inner()
    {
        Write("inner");
        try
        {
            await Door.Task;
            Write("inner after");
            return "inner";
        }
        finally
        {
            Write("inner finally");
        }
    }

    [Sit]
    public async Task<string?> OuterOfTimed()
    {
        var result = await InnerTimed();
        Write("outer got " + (result ?? "default"));
        return "outer " + result;
    }

    [Sit(TimeoutSeconds = 2, TimeoutHooks = [nameof(InnerTimeout)])]
    public async Task<string?> InnerTimed()
    {
        await Door.Task;
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
            Write("outer finally");
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
            Write("outer finally");
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
        Write("outer");
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
        Write("inner");
        await Door.Task;
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
            Write("outer finally");
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
            Write("between finally");
        }
    }

    private async Task StartInner() => Write("hook got " + (await Inner() ?? "default"));

    private async Task<string> DoorOfOuter()
    {
        Write("outer");
        await Hook.Task;
        return "outer";
    }

    private async Task SlowInnerCancellation()
    {
        Write("inner cancelling");
        await Hook.Task;
        Write("inner cancellation");
    }

    private void OuterStartup() => Write("outer startup");

    private void OuterCompletion() => Write("outer completion");

    private void OuterCancellation() => Write("outer cancellation");

    private void OuterTimeout() => Write("outer timeout");

    private void OuterException() => Write("outer exception");

    private void OuterRestart() => Write("outer restart");

    private void InnerStartup() => Write("inner startup");

    private void InnerCompletion() => Write("inner completion");

    private void InnerCancellation() => Write("inner cancellation");

    private void InnerTimeout() => Write("inner timeout");

    private void InnerException() => Write("inner exception");

    private void InnerRestart() => Write("inner restart");
}

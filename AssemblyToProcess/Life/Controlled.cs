using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that wait, for a test to pause, resume, restart and cancel them.</summary>
[Sit(
    StartupHooks = [nameof(Scene.OnStartup)], CompletionHooks = [nameof(Scene.OnCompletion)], ExceptionHooks = [nameof(Scene.OnException)],
    TimeoutHooks = [nameof(Scene.OnTimeout)], CancellationHooks = [nameof(Scene.OnCancellation)], RestartHooks = [nameof(Scene.OnRestart)],
    RetryHooks = [nameof(Scene.OnRetry)], PauseHooks = [nameof(Scene.OnPause)], ResumeHooks = [nameof(Scene.OnResume)])]
public class Controlled : Scene
{
    public ManualResetEventSlim Busy { get; } = new();

    public List<int> Attempts { get; } = [];

    public CancellationToken Token { get; private set; }

    public async Task<int?> Work()
    {
        Say("body");
        try
        {
            await At("door");
            Say("after");
            return 5;
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(OnCancel = SitOutcome.Throw)]
    public async Task<int> WorkOrThrow()
    {
        Say("body");
        await At("door");
        return 5;
    }

    public async Task WithoutResult() => await At("door");

    public async ValueTask<int?> AsValueTask()
    {
        await At("door");
        return 5;
    }

    [Sit(FlowContext = false)]
    public async Task<int?> WithoutFlow()
    {
        Say("body");
        try
        {
            await At("door");
            return 5;
        }
        finally
        {
            Say("finally");
        }
    }

    public async Task<int?> TwoStops()
    {
        Say("body");
        await At("door");
        Say("between");
        await At("cleanup");
        Say("after");
        return 5;
    }

    public async Task<int?> Swallow()
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

        return 6;
    }

    public async Task<int?> TurnIntoAnother()
    {
        try
        {
            await At("door");
        }
        catch (OperationCanceledException canceled)
        {
            throw new InvalidOperationException("wrapped", canceled);
        }

        return 6;
    }

    public async Task<int?> CleanUpSlowly()
    {
        Say("body");
        try
        {
            await At("door");
            return 5;
        }
        finally
        {
            Say("cleaning");
            await At("cleanup");
            Say("cleaned");
        }
    }

    public async Task<int?> Spin()
    {
        for (var i = 0; ; i++)
        {
            await Task.CompletedTask;
            if (i == 0)
            {
                Say("body");
            }

            if (Busy.IsSet)
            {
                return 5;
            }
        }
    }

    public async Task<int?> BusyThenAwait()
    {
        Say("body");
        await Task.Yield();
        Say("busy");
        Busy.Wait();
        Say("after busy");
        await Task.CompletedTask;
        Say("after");
        return 5;
    }

    public async Task<int?> WithToken(CancellationToken token)
    {
        Say("body");
        Token = token;
        await At("door");
        return 5;
    }

    /// <summary>Leaves the await to the token.</summary>
    public async Task<int?> PassToken(CancellationToken token)
    {
        Say("body");
        await Task.Delay(Timeout.Infinite, token);
        return 5;
    }

    public async Task<int?> FinishOnSecondStart()
    {
        Say("body");
        if (Count("body") == 1)
        {
            await At("door");
        }

        return Count("body");
    }

    [Sit(MaxAttempts = 3)]
    public async Task<int?> CountAttempts()
    {
        Say("body");
        Attempts.Add(SitContext.Current.Attempt);
        if (Attempts.Count is 1 or 3)
        {
            await Task.Yield();
            throw new ArgumentException("again");
        }

        if (Attempts.Count == 2)
        {
            await At("door");
        }

        return 5;
    }

    [Sit(TimeoutSeconds = 4)]
    public async Task<int?> Timed()
    {
        Say("body");
        try
        {
            await At("door");
            return 5;
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(AttemptTimeoutSeconds = 4)]
    public async Task<int?> TimedAttempt() => await WaitAtDoor();

    [Sit(MaxAttempts = 3, RetryDelaySeconds = 10)]
    public async Task<int?> WaitBetween()
    {
        Say("body");
        await Task.Yield();
        if (Count("body") == 1)
        {
            throw new ArgumentException("first");
        }

        return Count("body");
    }

    [Sit(StartupHooks = [nameof(Wait)])]
    public async Task<int?> StartSlowly() => await WaitAtDoor();

    [Sit(RestartHooks = [nameof(Wait)])]
    public async Task<int?> RestartSlowly() => await WaitAtDoor();

    [Sit(CompletionHooks = [nameof(Wait)])]
    public async Task<int?> CompleteSlowly() => await WaitAtDoor();

    [Sit(CancellationHooks = [nameof(Wait)])]
    public async Task<int?> CancelSlowly() => await WaitAtDoor();

    [Sit(ResumeHooks = [nameof(Wait)])]
    public async Task<int?> ResumeSlowly()
    {
        Say("body");
        await At("door");
        Say("after");
        return 5;
    }

    [Sit(TimeoutSeconds = 4, CompletionHooks = [nameof(Wait)])]
    public async Task<int?> TimedCompleteSlowly()
    {
        Say("body");
        return 5;
    }

    public async Task<SynchronizationContext?> OnItsContext()
    {
        Say("body");
        await At("door");
        return SynchronizationContext.Current;
    }

    public async Task<int?> AwaitsWhatFails(Task task)
    {
        Say("body");
        await task;
        return 5;
    }

    [Sit(Disabled = true)]
    private async Task<int?> WaitAtDoor()
    {
        Say("body");
        await At("door");
        return 5;
    }

    [Sit(Disabled = true)]
    private async Task Wait()
    {
        Say("hook");
        await At("hook");
        Say("hook ended");
    }
}

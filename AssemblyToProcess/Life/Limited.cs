using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods with a time limit whose awaits have all completed, so that they never suspend.</summary>
public sealed class Limited : Scene
{
    private volatile bool _isEnough;

    /// <summary>Lets a method go on that no limit has ended.</summary>
    public void Stop() => _isEnough = true;

    [Sit(TimeoutSeconds = 3, TimeoutHooks = [nameof(OnTimeout)])]
    public Task<string?> Spin() => Spinning();

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> SpinItself()
    {
        Say("body");
        try
        {
            while (!_isEnough)
            {
                await Task.CompletedTask;
            }

            return "not interrupted";
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(TimeoutSeconds = 3, FlowContext = false)]
    public async Task<string?> SpinWithoutFlow()
    {
        Say("body");
        while (!_isEnough)
        {
            await Task.CompletedTask;
        }

        return "not interrupted";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> SpinInHelper() => await Spinning();

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> SpinInInnerCall() => await Unlimited();

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> SpinInCallsThatComplete()
    {
        Say("body");
        while (!_isEnough)
        {
            await Nothing();
        }

        return "not interrupted";
    }

    [Sit(AttemptTimeoutSeconds = 3, MaxAttempts = 3, RetryHooks = [nameof(OnRetry)])]
    public async Task<int?> SpinInTwoAttempts()
    {
        var attempt = SitContext.Current.Attempt;
        Say($"attempt {attempt}");
        while (attempt < 3 && !_isEnough)
        {
            await Task.CompletedTask;
        }

        return attempt;
    }

    [Sit(AttemptTimeoutSeconds = 3, MaxAttempts = 2, FlowContext = false)]
    public async Task<string?> SpinInFirstAttemptWithoutFlow()
    {
        Say("body");
        while (Count("body") < 2 && !_isEnough)
        {
            await Task.CompletedTask;
        }

        return _isEnough ? "not interrupted" : "second attempt";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> TakeTooLongForOnce()
    {
        Say("body");
        await Task.Yield();
        Say("after");
        return "not interrupted";
    }

    [Sit(TimeoutSeconds = 3, FlowContext = false)]
    public async Task<string?> TakeTooLongForOnceWithoutFlow()
    {
        Say("body");
        await Task.Yield();
        Say("after");
        return "not interrupted";
    }

    [Sit(TimeoutSeconds = 3)]
    public async Task<string?> TakeTooLongForOnceInHelper() => await Late();

    [Sit(AttemptTimeoutSeconds = 3, MaxAttempts = 2)]
    public async Task<string?> TakeTooLongForOneAttempt()
    {
        Say("body");
        await Task.Yield();
        Say("after");
        return "not interrupted";
    }

    [Sit(TimeoutSeconds = 3, StartupHooks = [nameof(SpinAtStartup)])]
    public async Task<string?> SpinBefore()
    {
        Say("body");
        await Task.CompletedTask;
        return "not interrupted";
    }

    [Sit(TimeoutSeconds = 3, OnTimeout = SitOutcome.Throw)]
    public async IAsyncEnumerable<int> SpinForSecond()
    {
        yield return 1;
        Say("second");
        while (!_isEnough)
        {
            await Task.CompletedTask;
        }

        yield return 2;
    }

    public async Task SpinAtStartup()
    {
        Say("startup");
        await Spinning();
    }

    private async Task<string?> Spinning()
    {
        Say("body");
        while (!_isEnough)
        {
            await Task.CompletedTask;
        }

        return "not interrupted";
    }

    private async Task<string?> Late()
    {
        Say("body");
        await Task.Yield();
        Say("after");
        return "not interrupted";
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)])]
    private async Task<string?> Unlimited() => await Spinning();

    [Sit]
    private async Task Nothing() => await Task.CompletedTask;
}

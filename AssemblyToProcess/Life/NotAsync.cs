using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that return a task without being async.</summary>
public class NotAsync : Scene
{
    private readonly AsyncLocal<string> _local = new();

    public string? Local => _local.Value;

    [Sit(ExceptionHooks = [nameof(OnException)])]
    public Task<int>? Null()
    {
        Say("body");
        return null;
    }

    [Sit]
    public Task? NullWithoutResult() => null;

    [Sit(MaxAttempts = 2)]
    public Task<int>? NullOnce()
    {
        Say("body");
        return Count("body") == 1 ? null : Task.FromResult(5);
    }

    [Sit]
    public Task ThrowAtOnce() => throw new ArgumentException("at once");

    [Sit(ExceptionHooks = [nameof(OnException)])]
    public ValueTask<int> ThrowAtOnceFromValueTask() => throw new ArgumentException("at once");

    [Sit(StartupHooks = [nameof(OnStartup)], ExceptionHooks = [nameof(OnException)])]
    public Task ThrowAtOnceWithHooks() => throw new ArgumentException("at once");

    [Sit(MaxAttempts = 2, RetryHooks = [nameof(OnRetry)], ExceptionHooks = [nameof(OnException)])]
    public Task<int> ThrowTwice() => Throw();

    [Sit(MaxAttempts = 2, RetryDelaySeconds = 2)]
    public Task<int> ThrowTwiceWithWait() => Throw();

    [Sit(StartupHooks = [nameof(WaitInHook)])]
    public Task<int> ThrowAfterHook() => Throw();

    [Sit(StartupHooks = [nameof(FailInHook)])]
    public Task<int> HookThrows() => Throw();

    [Sit(CacheSize = 5)]
    public Task<int> ThrowInCache(int number) => Throw();

    [Sit(ExceptionHooks = [nameof(OnException)])]
    public Task Several() => Task.WhenAll(
        Task.FromException(new ArgumentException("one")), Task.FromException(new InvalidOperationException("two")));

    [Sit(MaxAttempts = 2)]
    public Task SeveralRetried()
    {
        Say("body");
        return Several();
    }

    [Sit(TimeoutSeconds = 9)]
    public Task SeveralLater()
    {
        var one = new TaskCompletionSource();
        At("door").ContinueWith(
            _ => one.SetException([new ArgumentException("one"), new InvalidOperationException("two")]), TaskScheduler.Default);
        return one.Task;
    }

    [Sit]
    public Task SetLocal()
    {
        _local.Value = "inside";
        return Task.CompletedTask;
    }

    [Sit(FlowContext = false)]
    public Task SetLocalWithoutFlow()
    {
        _local.Value = "inside";
        return Task.CompletedTask;
    }

    [Sit]
    public Task<string?> ReadLocal() => Task.FromResult(_local.Value);

    public void SetOutside() => _local.Value = "outside";

    [Sit(TimeoutSeconds = 3, TimeoutHooks = [nameof(OnTimeout)], CancellationHooks = [nameof(OnCancellation)])]
    public Task<int?> Forward()
    {
        Say("body");
        return Elsewhere(At("door"), this);
    }

    [Sit(TimeoutSeconds = 3, OnTimeout = SitOutcome.Throw)]
    public Task<int> Plain(Task<int> task) => task;

    [Sit]
    public Task<int> Cancelled(CancellationToken token) => Task.FromCanceled<int>(token);

    [Sit]
    public Task<SitContext> Current() => Task.FromResult(SitContext.Current);

    private Task WaitInHook() => At("hook");

    private static void FailInHook() => throw new InvalidOperationException("hook");

    private Task<int> Throw()
    {
        Say("body");
        throw new ArgumentException("at once");
    }

    private static async Task<int?> Elsewhere(Task door, Scene scene)
    {
        try
        {
            await door;
            return 5;
        }
        finally
        {
            scene.Say("finally");
        }
    }
}

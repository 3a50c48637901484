using System.Runtime.CompilerServices;
using Sitters;

namespace Grains;

/// <summary>A grain that takes one request after the other; its hooks are methods of the same grain.</summary>
[Sit(
    StartupHooks = [nameof(OnStartup)],
    CompletionHooks = [nameof(OnCompletion)],
    ExceptionHooks = [nameof(OnException)],
    TimeoutHooks = [nameof(OnTimeout)],
    CancellationHooks = [nameof(OnCancellation)],
    RestartHooks = [nameof(OnRestart)],
    RetryHooks = [nameof(OnRetry)],
    PauseHooks = [nameof(OnPause)],
    ResumeHooks = [nameof(OnResume)],
    TimeoutSeconds = 60,
    GraceSeconds = 5,
    MaxAttempts = 2)]
public sealed class Worker(IStage stage, IGrainContextAccessor running) : TurnGrain(stage, running), IWorker
{
    public async Task<string?> Work()
    {
        Note("body");
        try
        {
            await Step("work");
            await Stage.At("more");
            Note("more");
            return "done";
        }
        finally
        {
            Note("finally");
            await Stage.At("cleanup");
            Note("cleaned up");
        }
    }

    /// <summary>Its end is not in a turn.</summary>
    public async Task<string?> Leaves()
    {
        Note("body");
#pragma warning disable ORLEANS0014 // As code of others does it that the grain calls.
        await Stage.At("work").ConfigureAwait(false);
#pragma warning restore ORLEANS0014
        return "done";
    }

    /// <summary>Its cleanup takes longer than the grace.</summary>
    public async Task<string?> Hangs()
    {
        Note("body");
        try
        {
            await Stage.At("work");
            return "done";
        }
        finally
        {
            await Stage.At("cleanup");
            Note("cleaned up");
        }
    }

    public async ValueTask<int> Value()
    {
        Note("body");
        await Step("work");
        return 7;
    }

    public async Task<string?> Cancellable(CancellationToken token)
    {
        try
        {
            await Step("work");
            return "done";
        }
        finally
        {
            Note($"finally {token.IsCancellationRequested}");
        }
    }

    public async Task<string?> Impatient()
    {
        await Step("work");
        return "done";
    }

    public Task<string?> ImpatientCancellable(CancellationToken token) => Cancellable(token);

    public async Task<string?> Calls(IWorker other)
    {
        var result = await other.NotSat();
        await Step("called");
        return result;
    }

    public async Task<string?> CallsCancellable(IWorker other) => await other.Cancellable();

    [Sit(MaxAttempts = 1)]
    public async IAsyncEnumerable<int> Count([EnumeratorCancellation] CancellationToken token)
    {
        try
        {
            for (var i = 1; i < 4; i++)
            {
                await Step($"step {i}");
                yield return i;
            }
        }
        finally
        {
            Note("finally");
        }
    }

    public Task StartTimer()
    {
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    [Sit(Disabled = true)]
    public async Task<string?> NotSat()
    {
        await Stage.At("not sat");
        var inside = SitContext.TryGetCurrent(out var call) ? Describe(call) : "no call";
        return $"{inside}, RequestContext: {string.Join(", ", RequestContext.Keys)}";
    }

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task<string?> Tick()
    {
        Note("tick");
        await Step("work");
        return null;
    }

    private static string Describe(SitContext call) => call.Parent is { } parent ? $"{call.Name} in {Describe(parent)}" : call.Name;

    private Task OnStartup() => Hook("startup");

    private Task OnCompletion() => Hook("completion");

    private Task OnException() => Hook("exception");

    private Task OnTimeout() => Hook("timeout");

    private Task OnCancellation() => Hook("cancellation");

    private Task OnRestart() => Hook("restart");

    private Task OnRetry() => Hook("retry");

    private Task OnPause() => Hook("pause");

    private Task OnResume() => Hook("resume");

    [Sit(Disabled = true)]
    private async Task Hook(string name)
    {
        Note(name);
        await Task.Yield();
        Note($"{name} ended");
    }
}

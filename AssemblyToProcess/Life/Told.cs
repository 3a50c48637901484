using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>What listeners to meters and traces are told of: one method for each thing to tell.</summary>
public class Told : Scene
{
    /// <summary>What was current in the body, the last time it ran or went on.</summary>
    public Activity? Current { get; private set; }

    [Sit]
    public async Task<int?> Work()
    {
        Look();
        await At("door");
        Look();
        return 1;
    }

    [Sit(FlowContext = false)]
    public async Task<int?> Unflowed()
    {
        Look();
        await At("door");
        Look();
        return 1;
    }

    [Sit]
    public async Task<int> AtOnce()
    {
        Look();
        return 1;
    }

    [Sit(FlowContext = false)]
    public async Task<int> AtOnceUnflowed()
    {
        Look();
        return 1;
    }

    [Sit]
    public Task NotAsync()
    {
        Look();
        return At("door");
    }

    [Sit]
    public async Task Fail()
    {
        await At("door");
        throw new ArgumentException("secret");
    }

    [Sit(TimeoutSeconds = 2)]
    public async Task<int?> Limited()
    {
        await At("door");
        return 1;
    }

    [Sit(MaxAttempts = 3, RetryDelaySeconds = 5)]
    public async Task<int> Retried(int failures)
    {
        Look();
        await At("door");
        Say("try");
        return Count("try") <= failures ? throw new IOException("secret") : 1;
    }

    [Sit(MaxAttempts = 3, AbortOn = [typeof(IOException)])]
    public async Task Aborted()
    {
        await At("door");
        Say("try");
        throw Count("try") == 1 ? new TimeoutException() : new IOException();
    }

    [Sit(AttemptTimeoutSeconds = 2, MaxAttempts = 2)]
    public async Task<int?> Slow()
    {
        await At("door");
        return 1;
    }

    [Sit(GraceSeconds = 1)]
    public async Task<int?> Overrun()
    {
        try
        {
            await At("door");
            return 1;
        }
        finally
        {
            Say("cleanup");
            await At("cleanup");
        }
    }

    [Sit(
        CompletionHooks = [nameof(Break)], PauseHooks = [nameof(LookAtPause)], StartupHooks = [nameof(LookAtStartup)])]
    public async Task<int> Hooked()
    {
        await At("door");
        return 1;
    }

    [Sit(CompletionHooks = [nameof(PauseItself)])]
    public async Task<int> EndsPaused() => 1;

    [Sit(CacheSize = 2)]
    public async Task<int> Cached(int key)
    {
        await At("door");
        return key;
    }

    [Sit(CacheSize = 2, CacheSeconds = 10)]
    public async Task<int> Dated(int key) => key;

    [Sit]
    public async IAsyncEnumerable<int> Stream([EnumeratorCancellation] CancellationToken token = default)
    {
        Look();
        yield return 1;
        Look();
        await At("door");
        Look();
        yield return 2;
    }

    [Sit]
    public async Task Outer() => await Inner();

    [Sit]
    public async Task Inner()
    {
        await At("door");
        throw new ArgumentException("secret");
    }

    private void Look() => Current = Activity.Current;

    private void LookAtStartup() => Say($"startup in {Activity.Current?.OperationName}");

    private void LookAtPause() => Say($"pause in {Activity.Current?.OperationName}");

    private static void PauseItself(SitContext call) => call.Pause();

    private void Break() => throw new NotSupportedException("secret");
}

using Sitters;

namespace Measured;

/// <summary>Sat methods with next to nothing to do. Their result is small enough for the runtime to have a cached task for it.</summary>
public class Calls
{
    private readonly Task _ready = Task.CompletedTask;

    /// <summary>What the suspending methods wait for.</summary>
    public Signal Signal { get; } = new();

    [Sit]
    public async Task<int> Alone(int left, int right)
    {
        await _ready;
        return left + right;
    }

    [Sit(FlowContext = false)]
    public async Task<int> AloneUnflowed(int left, int right)
    {
        await _ready;
        return left + right;
    }

    [Sit]
    public async Task<int> AloneSuspending(int left, int right)
    {
        await Signal.Wait();
        return left + right;
    }

    [Sit(FlowContext = false)]
    public async Task<int> AloneSuspendingUnflowed(int left, int right)
    {
        await Signal.Wait();
        return left + right;
    }

    [Sit(MaxAttempts = 3, TimeoutSeconds = 10, OnTimeout = SitOutcome.Throw)]
    public async Task<int> Resilient(int left, int right)
    {
        await _ready;
        return left + right;
    }

    [Sit(MaxAttempts = 3, TimeoutSeconds = 10, OnTimeout = SitOutcome.Throw, FlowContext = false)]
    public async Task<int> ResilientUnflowed(int left, int right)
    {
        await _ready;
        return left + right;
    }

    [Sit(MaxAttempts = 3, TimeoutSeconds = 10, OnTimeout = SitOutcome.Throw)]
    public async Task<int> Suspending(int left, int right)
    {
        await Signal.Wait();
        return left + right;
    }

    [Sit(MaxAttempts = 3, TimeoutSeconds = 10, OnTimeout = SitOutcome.Throw, FlowContext = false)]
    public async Task<int> SuspendingUnflowed(int left, int right)
    {
        await Signal.Wait();
        return left + right;
    }
}

using Sitters;

namespace Measured;

/// <summary>One call with many awaits, so that what the call itself costs no longer counts.</summary>
public class Awaits
{
    private readonly Task<int> _completed = Task.FromResult(1);

    /// <summary>What the suspending methods wait for.</summary>
    public Signal Signal { get; } = new();

    [Sit]
    public async Task<int> Completed(int count)
    {
        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += await _completed;
        }

        return sum;
    }

    [Sit]
    public async Task Suspending(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Signal.Wait();
        }
    }

    [Sit(FlowContext = false)]
    public async Task SuspendingUnflowed(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Signal.Wait();
        }
    }
}

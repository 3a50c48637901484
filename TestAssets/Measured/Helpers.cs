using Sitters;

namespace Measured;

/// <summary>Async methods without [Sit]: the weaver puts the await gate into them for the case that they run inside a sat call.</summary>
public class Helpers
{
    private readonly Task<int> _completed = Task.FromResult(1);

    /// <summary>What <see cref="Suspending"/> waits for.</summary>
    public Signal Signal { get; } = new();

    public async Task<int> Completed(int number) => number + await _completed;

    public async Task<int> Suspending(int number)
    {
        await Signal.Wait();
        return number;
    }

    /// <summary>The one method that is a call: in it, <see cref="Suspending"/> runs under control.</summary>
    [Sit]
    public async Task<int> SuspendingInCall(int number) => await Suspending(number);
}

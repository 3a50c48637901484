using Sitters;

namespace Measured;

/// <summary>Calls that all hang at one await, until they are let go or cancelled.</summary>
public class Crowd
{
    private const int Long = 3600;

    private TaskCompletionSource _gate = new();

    /// <summary>Closes the gate for the calls from now on.</summary>
    public void Close() => _gate = new TaskCompletionSource();

    /// <summary>Lets go whoever waits: on this thread, one after the other.</summary>
    public void Open() => _gate.SetResult();

    /// <summary>Fails whoever waits, as what they wait for does when it is cancelled: on this thread, one after the other.</summary>
    public void Break() => _gate.SetCanceled();

    [Sit]
    public async Task<int> Bare(int number)
    {
        await _gate.Task;
        return number;
    }

    [Sit(FlowContext = false)]
    public async Task<int> Unflowed(int number)
    {
        await _gate.Task;
        return number;
    }

    [Sit(MaxAttempts = 3, TimeoutSeconds = Long, OnTimeout = SitOutcome.Throw)]
    public async Task<int> Resilient(int number)
    {
        await _gate.Task;
        return number;
    }

    /// <summary>One helper in flight.</summary>
    [Sit]
    public async Task<int> WithHelper(int number) => await Helper(number);

    /// <summary>So many helpers in flight, side by side.</summary>
    [Sit]
    public async Task<int> WithHelpers(int count)
    {
        var helpers = new Task<int>[count];
        for (var i = 0; i < count; i++)
        {
            helpers[i] = Helper(i);
        }

        await Task.WhenAll(helpers);
        return count;
    }

    /// <summary>So many helpers in flight, each inside the one before.</summary>
    [Sit]
    public async Task<int> WithNested(int depth) => await Nested(depth);

    /// <summary>Waits for something that takes a token, which it is not given here.</summary>
    [Sit]
    public async Task<int> Delayed(int number)
    {
        await Task.Delay(Timeout.Infinite);
        return number;
    }

    /// <summary>The same with a token, as one writes it by hand.</summary>
    public async Task<int> DelayedByHand(int number, CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        return number;
    }

    private async Task<int> Helper(int number)
    {
        await _gate.Task;
        return number;
    }

    private async Task<int> Nested(int depth)
    {
        if (depth > 1)
        {
            return await Nested(depth - 1) + 1;
        }

        await _gate.Task;
        return 1;
    }
}

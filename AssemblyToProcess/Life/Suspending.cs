using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Says when it runs, and suspends.</summary>
public class Suspending
{
    private readonly TaskCompletionSource _door = new();
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public void End() => _door.SetResult();

    [Sit]
    public async Task<int> Flowed() => await Suspend();

    [Sit(FlowContext = false)]
    public async Task<int> Unflowed() => await Suspend();

    private async Task<int> Suspend()
    {
        _hasBegun = true;
        await _door.Task;
        return 5;
    }
}

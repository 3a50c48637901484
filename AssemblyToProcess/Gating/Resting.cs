using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Short calls, each with a helper in it that waits for what never comes.</summary>
public class Resting
{
    private int _waiting;
    private int _cleaned;

    public int Waiting => Volatile.Read(ref _waiting);

    public int Cleaned => Volatile.Read(ref _cleaned);

    public Action Meanwhile { get; init; } = () => { };

    [Sit]
    public async Task Completes()
    {
        Meanwhile();
        await Task.CompletedTask;
    }

    [Sit(FlowContext = false)]
    public async Task Unflowed() => await WaitForNothing();

    [Sit]
    public async Task Flowed() => await WaitForNothing();

    [Sit]
    public async Task OnAnotherThread() => await Task.Run(WaitForNothing);

    private async Task WaitForNothing()
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await new TaskCompletionSource().Task;
        }
        finally
        {
            Interlocked.Increment(ref _cleaned);
        }
    }
}

using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that are busy before their first await.</summary>
public class Busy : Recorder
{
    public ManualResetEventSlim Go { get; } = new();

    [Sit]
    public async Task<int> Work()
    {
        Write("busy");
        Go.Wait();
        return 5;
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)], PauseHooks = [nameof(Paused)])]
    public async Task<int?> WorkThenAwait()
    {
        try
        {
            Write("busy");
            Go.Wait();
            await Task.CompletedTask;
            Write("after");
            return 5;
        }
        finally
        {
            Write("finally");
        }
    }

    private void Paused() => Write("paused");
}

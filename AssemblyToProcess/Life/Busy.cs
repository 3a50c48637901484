using Sitters;

namespace AssemblyToProcess.Life;

/// <summary>Methods that are busy before their first await.</summary>
public class Busy : Scene
{
    public ManualResetEventSlim Go { get; } = new();

    [Sit]
    public async Task<int> Work()
    {
        Say("busy");
        Go.Wait();
        return 5;
    }

    [Sit(CancellationHooks = [nameof(OnCancellation)], PauseHooks = [nameof(Paused)])]
    public async Task<int?> WorkThenAwait()
    {
        try
        {
            Say("busy");
            Go.Wait();
            await Task.CompletedTask;
            Say("after");
            return 5;
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit(FlowContext = false)]
    public async Task<int?> WorkThenAwaitUnflowed()
    {
        Say("busy");
        Go.Wait();
        await Task.CompletedTask;
        Say("after");
        return 5;
    }

    /// <summary>Busy while a call inside it waits at the door.</summary>
    [Sit]
    public async Task<string?> WorkAroundInner()
    {
        var inner = Inner();
        Say("busy");
        Go.Wait();
        await inner;
        Say("after");
        return "done";
    }

    [Sit(FlowContext = false)]
    public async Task<string?> WorkAroundInnerUnflowed()
    {
        var inner = Inner();
        Say("busy");
        Go.Wait();
        await inner;
        Say("after");
        return "done";
    }

    [Sit]
    public async Task Inner() => await At("door");

    private void Paused() => Say("paused");
}

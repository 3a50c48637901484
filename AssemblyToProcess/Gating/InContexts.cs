using System.Runtime.CompilerServices;
using Sitters;

namespace AssemblyToProcess.Gating;

/// <summary>Methods under a SynchronizationContext that awaits what the base library brings.</summary>
public class InContexts : Scene
{
    [Sit]
    public async Task<string?> Delays()
    {
        try
        {
            await Task.Delay(Timeout.Infinite);
            return "never";
        }
        finally
        {
            Say("finally");
        }
    }

    [Sit]
    public async Task<string?> Awaits(Task task)
    {
        await task;
        Say("after");
        return "done";
    }

    [Sit]
    public async Task<string?> AwaitsWithResult(Task<string> task)
    {
        var result = await task;
        Say("after");
        return result;
    }

    [Sit]
    public async Task<string?> AwaitsHelper(Task task)
    {
        await Helper(task);
        Say("after");
        return "done";
    }

    [Sit]
    public async Task<string?> Yields()
    {
        await Task.Yield();
        Say("after");
        return "done";
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Helper(Task task) => await task;
}

using Sitters;

namespace AssemblyToProcess.Faulty;

public static class Awaits
{
    [Sit]
    public static async Task<int> Dynamic(dynamic task)
    {
        await Task.Yield();
        int number = await task; // SIT017
        await Task.Yield();
        return number + (int)await task; // SIT017
    }

    [Sit]
    public static async IAsyncEnumerable<int> Stream(dynamic task)
    {
        yield return await task; // SIT017
    }

    /// <summary>Passed over in what is only helped with.</summary>
    public static async Task<int> Helper(dynamic task) => await task;
}

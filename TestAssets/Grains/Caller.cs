using Sitters;

namespace Grains;

/// <summary>A sat method outside of the silo.</summary>
public static class Caller
{
    [Sit]
    public static async Task<string?> Call(IWorker worker) => await worker.NotSat();
}

using Sitters;

namespace Started;

/// <summary>All that the program does: one call that suspends once.</summary>
internal static class Work
{
    [Sit]
    public static async Task<int> Run(int left, int right)
    {
        await Task.Yield();
        return left + right;
    }
}

using System.Diagnostics;
using Sitters;

namespace Started;

internal static class Work
{
    /// <summary>All that the program does where its start is measured: one call that suspends once.</summary>
    [Sit]
    public static async Task<int> Run(int left, int right)
    {
        await Task.Yield();
        return left + right;
    }

    [Sit]
    public static async Task Wait(Task gate) => await gate;

    [Sit(OnCancel = SitOutcome.ReturnDefault)]
    public static async Task<string?> Signal()
    {
        using var kill = Process.Start("/bin/kill", ["-TERM", $"{Environment.ProcessId}"]);
        await Task.Delay(Timeout.Infinite);
        return "not cancelled";
    }
}

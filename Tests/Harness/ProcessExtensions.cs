using System.Diagnostics;

namespace Tests.Harness;

internal static class ProcessExtensions
{
    /// <summary>Ends it if it has not ended, so that nothing of it runs on beside other tests.</summary>
    public static async Task EndAsync(this Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }
}

using System.Diagnostics;

namespace Tests.Tool;

/// <summary>A process that ends with the test.</summary>
internal sealed class ProcessGuard(Process process) : IDisposable
{
    public int Id => process.Id;

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}

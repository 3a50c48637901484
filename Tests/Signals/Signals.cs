using System.Runtime.InteropServices;

namespace Tests.Signals;

internal static class Signals
{
    /// <summary>What every test fixture here says of Windows.</summary>
    public const string NotOnWindows = "Windows has no signals to send.";

    /// <summary>What the fixtures say of macOS in which pause and resume are two signals.</summary>
    public const string NotOnMacOS = "On macOS one signal toggles pause and resume, since SIGUSR1 belongs to the runtime.";

    public static int Number(this Signal signal) => signal switch
    {
        Signal.USR1 => OperatingSystem.IsMacOS() ? 30 : 10,
        Signal.USR2 => OperatingSystem.IsMacOS() ? 31 : 12,
        _ => (int)signal,
    };

    public static void Send(this Signal signal, int processId)
    {
        if (Kill(processId, signal.Number()) != 0)
        {
            throw new InvalidOperationException($"SIG{signal} could not be sent to {processId}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}

using System.Runtime.InteropServices;

namespace Sitters.Tool;

/// <summary>The console of Windows, which obeys the sequences for colours and places only where it is told to.</summary>
internal static class WindowsConsole
{
    private const int StandardOutput = -11;
    private const uint Sequences = 4;

    /// <summary>Tells it to; whether it does now. Other systems' terminals always do.</summary>
    public static bool TakesSequences()
    {
        if (!OperatingSystem.IsWindows())
        {
            return true;
        }

        var console = Native.GetStdHandle(StandardOutput);
        return Native.GetConsoleMode(console, out var mode) && Native.SetConsoleMode(console, mode | Sequences);
    }

    private static class Native
    {
        [DllImport("kernel32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern nint GetStdHandle(int handle);

        [DllImport("kernel32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool GetConsoleMode(nint console, out uint mode);

        [DllImport("kernel32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool SetConsoleMode(nint console, uint mode);
    }
}

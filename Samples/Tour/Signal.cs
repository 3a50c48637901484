using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Samples.Tour;

/// <summary>Sends real signals, as <c>kill</c> does. Windows has none to send: there the example reads them from its input.</summary>
internal static class Signal
{
    private const int Hup = 1;
    private const int Int = 2;

    public static bool AreReal => !OperatingSystem.IsWindows();

    /// <summary>What is sent, as it would be typed.</summary>
    public static string Describe(Act act, int process) => AreReal ? $"kill -{NameOf(act)} {process}" : $"Sitter.{ApiOf(act)}()";

    public static void Send(Act act, Process process)
    {
        if (!AreReal)
        {
            process.StandardInput.WriteLine(ApiOf(act));
            process.StandardInput.Flush();
            return;
        }

        // Every shell has kill built in; a small container may have no program of that name.
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{NameOf(act)} {process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>What shells expect of a process that a signal has ended.</summary>
    public static int ExitCode(Act act) => !AreReal ? 0 : act == Act.Interrupt ? 130 : 143;

    /// <summary>
    /// Under nohup, or in the background of a script, HUP or INT are ignored, and a child inherits that: the tour undoes it.
    /// </summary>
    public static void StopIgnoring()
    {
        if (AreReal)
        {
            foreach (var signal in new[] { Hup, Int }.Where(IsIgnored))
            {
                _ = SetAction(signal, 0);
            }
        }
    }

    // On macOS the .NET runtime itself uses USR1: there USR2 pauses and resumes in turn.
    private static string NameOf(Act act) => act switch
    {
        Act.Pause => OperatingSystem.IsMacOS() ? "USR2" : "USR1",
        Act.Resume => "USR2",
        Act.Restart => "HUP",
        Act.Interrupt => "INT",
        _ => "TERM",
    };

    private static string ApiOf(Act act) => act is Act.Interrupt or Act.Terminate ? "Cancel" : act.ToString();

    private static bool IsIgnored(int signal)
    {
        const string Status = "/proc/self/status";
        const string Ignored = "SigIgn:";
        return File.Exists(Status)
            && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is { } mask
            && ((Convert.ToUInt64(mask[Ignored.Length..].Trim(), 16) >> (signal - 1)) & 1) == 1;
    }

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint SetAction(int signal, nint action);
}

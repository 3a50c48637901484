using System.Diagnostics;
using System.Globalization;

namespace Sitters.Tool.Reaching;

/// <summary>The processes of this machine that could be reached.</summary>
internal static class Targets
{
    /// <summary>Takes a process's number, or its name if no other has it.</summary>
    /// <exception cref="ToolException">No process, or several, are named so.</exception>
    public static int Resolve(string text, string tempFolder)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
        {
            return pid;
        }

        var named = All(tempFolder).Where(other => string.Equals(NameOf(other), text, StringComparison.OrdinalIgnoreCase)).ToArray();
        return named switch
        {
            [var only] => only,
            [] => throw Refusals.NoSuchName(text),
            _ => throw Refusals.Ambiguous(text, named),
        };
    }

    /// <summary>
    /// All processes with a socket of Sitters, those of other containers included where they share the folder, and all others with a
    /// diagnostics port but this one.
    /// </summary>
    public static IReadOnlyList<int> All(string tempFolder) =>
        [.. SocketFiles.Sitters(tempFolder).Select(found => found.Pid)
            .Concat(SocketFiles.DiagnosticPorts(tempFolder).Select(found => found.Pid)
                .Where(pid => pid != Environment.ProcessId && IsRunning(pid)))
            .Distinct().Order()];

    public static bool IsRunning(int pid)
    {
        if (ProcFile.IsThere)
        {
            return new ProcFile(pid) is { Exists: true, IsZombie: false };
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static string? NameOf(int pid)
    {
        if (ProcFile.IsThere)
        {
            return new ProcFile(pid).Name;
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            // It has ended.
            return null;
        }
    }
}

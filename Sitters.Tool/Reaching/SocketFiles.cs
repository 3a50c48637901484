using System.Globalization;

namespace Sitters.Tool.Reaching;

/// <summary>The names of the sockets in a folder: those of Sitters, and those of the runtime's diagnostics port.</summary>
internal static class SocketFiles
{
    private const string OfSitters = "sitters-";
    private const string OfDiagnostics = "dotnet-diagnostic-";

    /// <summary>The sockets that a process, or any, has opened for this tool.</summary>
    public static IEnumerable<(int Pid, string Path)> Sitters(string folder, int? pid = null) =>
        Find(folder, OfSitters, pid, $"{OfSitters}{Text(pid)}-*.socket");

    /// <summary>The diagnostics ports that a process, or any, has opened.</summary>
    public static IEnumerable<(int Pid, string Path)> DiagnosticPorts(string folder, int? pid = null) =>
        OperatingSystem.IsWindows()
            ? Find(@"\\.\pipe\", OfDiagnostics, pid, $"{OfDiagnostics}{Text(pid)}")
            : Find(folder, OfDiagnostics, pid, $"{OfDiagnostics}{Text(pid)}-*-socket");

    private static IEnumerable<(int Pid, string Path)> Find(string folder, string prefix, int? wanted, string pattern)
    {
        string[] files;
        try
        {
            files = Directory.GetFiles(folder, pattern);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A folder that is not there, or that may not be read, has none for us.
            yield break;
        }

        foreach (var file in files)
        {
            var rest = Path.GetFileName(file.AsSpan())[prefix.Length..];
            var digits = rest.IndexOf('-') is > 0 and var end ? rest[..end] : rest;
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && (wanted is null || pid == wanted))
            {
                yield return (pid, file);
            }
        }
    }

    private static string Text(int? pid) => pid?.ToString(CultureInfo.InvariantCulture) ?? "*";
}

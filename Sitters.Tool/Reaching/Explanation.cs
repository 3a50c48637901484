using System.Globalization;
using System.Net.Sockets;
using Microsoft.Diagnostics.NETCore.Client;

namespace Sitters.Tool.Reaching;

/// <summary>Finds out why a process was not reached.</summary>
internal static class Explanation
{
    private const string ToolOption = "Sitters.Tool";
    private const string EventSourceOption = "System.Diagnostics.Tracing.EventSource.IsSupported";

    private static readonly string[] _switches =
        ["DOTNET_EnableDiagnostics", "DOTNET_EnableDiagnostics_IPC", "COMPlus_EnableDiagnostics", "COMPlus_EnableDiagnostics_IPC"];

    /// <summary>Neither a socket nor a diagnostics port was found.</summary>
    public static ToolException WithoutPort(Place place, bool hadSocket)
    {
        if (!Targets.IsRunning(place.Pid))
        {
            return Refusals.NoSuchProcess(place.Pid);
        }

        if (!ProcFile.IsThere)
        {
            return Refusals.NoPort(place.Pid, place.TempFolder);
        }

        var process = new ProcFile(place.Pid);
        return OfStaleSocket(place, process, hadSocket)
            ?? OfKind(place, process)
            ?? OfFolder(place, process);
    }

    /// <summary>The port was found, but no socket was opened.</summary>
    public static ToolException AfterKnocking(Place place, Exception? failure, bool isTaken, bool hadSocket)
    {
        if (!Targets.IsRunning(place.Pid))
        {
            return Refusals.NoSuchProcess(place.Pid);
        }

        if (ProcFile.IsThere)
        {
            var process = new ProcFile(place.Pid);
            if (process.IsStopped)
            {
                return Refusals.Stopped(place.Pid);
            }

            if (IsDeserted(failure))
            {
                return WithoutPort(place, hadSocket);
            }

            if (OfRuntime(place, process) is { } runtime)
            {
                return runtime;
            }
        }

        return failure switch
        {
            null when isTaken => Refusals.NotOpened(place.Pid),
            null or OperationCanceledException or TimeoutException => Refusals.NoAnswer(place.Pid),
            UnsupportedCommandException => Refusals.RuntimeTooOld(place.Pid, "Core 3.1 or earlier"),
            ServerErrorException => Refusals.TooManySessions(place.Pid),
            SocketException { SocketErrorCode: SocketError.AccessDenied } =>
                Refusals.NotAllowed(place.Pid, place.DiagnosticPort ?? place.TempFolder),
            _ => Refusals.PortRefused(place.Pid, failure.Message),
        };
    }

    /// <summary>
    /// Whether nobody listens at the port: a process that was killed leaves its file behind, and this one, with the same number, has none.
    /// </summary>
    private static bool IsDeserted(Exception? failure) =>
        failure is ServerNotAvailableException or SocketException { SocketErrorCode: SocketError.ConnectionRefused };

    /// <summary>Its socket is there, but says nothing.</summary>
    public static ToolException OfSilence(int pid) =>
        ProcFile.IsThere && new ProcFile(pid).IsStopped ? Refusals.Stopped(pid) : Refusals.NoAnswer(pid);

    /// <summary>Whether it is worth a knock, as far as that is seen from outside.</summary>
    public static bool MayHaveSitters(Place place) => !ProcFile.IsThere
        || (OfOwner(place) is null && Inspection.SittersIn(new ProcFile(place.Pid)) is Presence.Unknown or Presence.Loaded);

    /// <summary>Whether it is another user's, as far as that is seen from outside.</summary>
    public static ToolException? OfOwner(Place place) => ProcFile.IsThere ? OfOwner(place, new ProcFile(place.Pid)) : null;

    private static ToolException? OfOwner(Place place, ProcFile process) => process.User is { } user && user != Peer.Self && Peer.Self != 0
        ? Refusals.OtherUser(place.Pid, Users.NameOf(user))
        : null;

    private static ToolException? OfStaleSocket(Place place, ProcFile process, bool hadSocket) =>
        hadSocket && Inspection.KindOf(process) == ProgramKind.Other ? Refusals.PidReused(place.Pid, NameOf(process)) : null;

    private static ToolException? OfKind(Place place, ProcFile process)
    {
        var kind = Inspection.KindOf(process);
        if (kind == ProgramKind.Other)
        {
            return Refusals.NotDotnet(place.Pid, NameOf(process));
        }

        var off = _switches.FirstOrDefault(name => process.Variable(name) == "0");
        return off is not null ? Refusals.DiagnosticsOff(place.Pid, $"{off}=0")
            : kind == ProgramKind.Native ? Refusals.NativeWithoutSupport(place.Pid)
            : OfVersion(place, process);
    }

    private static ToolException OfFolder(Place place, ProcFile process)
    {
        if (process.HasOtherFiles && !Directory.Exists(process.Root))
        {
            return Refusals.OtherContainer(place.Pid);
        }

        var (folder, pid) = place.Folders[^1];
        return folder != place.TempFolder && pid == place.Pid && !Directory.Exists(folder)
            ? Refusals.OtherTempFolder(place.Pid, folder, place.TempFolder)
            : Refusals.NoPort(place.Pid, string.Join(" or ", place.Folders.Select(found => found.Folder)));
    }

    private static ToolException? OfRuntime(Place place, ProcFile process)
    {
        if (OfVersion(place, process) is { } tooOld)
        {
            return tooOld;
        }

        return Inspection.SittersIn(process) switch
        {
            Presence.Loaded when Inspection.IsOff(process, ToolOption) => Refusals.Forbidden(place.Pid, NameOf(process)),
            Presence.Loaded when Inspection.IsOff(process, EventSourceOption) => Refusals.EventsOff(place.Pid, NameOf(process)),
            Presence.Loaded => null,
            Presence.InFolder => Refusals.NoCallYet(place.Pid, NameOf(process)),
            Presence.None => Refusals.NoSitters(place.Pid, NameOf(process)),
            _ when Inspection.KindOf(process) == ProgramKind.Other => Refusals.NotDotnet(place.Pid, NameOf(process)),
            _ => Refusals.NotLoaded(place.Pid, NameOf(process)),
        };
    }

    private static ToolException? OfVersion(Place place, ProcFile process) =>
        Inspection.RuntimeVersion(process) is { } version
            && int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major < 8
            ? Refusals.RuntimeTooOld(place.Pid, version)
            : null;

    private static string NameOf(ProcFile process) => process.Name ?? "?";
}

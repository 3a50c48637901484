using System.Globalization;

namespace Sitters.Tool.Reaching;

/// <summary>Why a process is not reached, and what to do about it: a sentence or two for each reason.</summary>
internal static class Refusals
{
    /// <summary>The process has closed the connection.</summary>
    public const string EndedCode = "ended";

    /// <summary>Somebody else listens there.</summary>
    public const string NotItsSocketCode = "not-its-socket";

    public static ToolException NoSuchProcess(int pid) =>
        Refusal("no-such-process", $"There is no process {Text(pid)}. `sitters ps` lists those that can be reached.");

    public static ToolException NoSuchName(string name) =>
        Refusal("no-such-process", $"No .NET process is named '{name}'. `sitters ps` lists those that can be reached.");

    public static ToolException Ambiguous(string name, IEnumerable<int> pids) =>
        Refusal("ambiguous",
            $"More than one process is named '{name}': {string.Join(", ", pids.Order().Select(Text))}. Name one "
            + "by its number.");

    public static ToolException NotDotnet(int pid, string name) =>
        Refusal("not-dotnet", $"Process {Text(pid)} ({name}) is not a .NET process.");

    public static ToolException OtherUser(int pid, string owner) =>
        Refusal("other-user", $"Process {Text(pid)} belongs to another user ({owner}). Run `sitters` as that user, or as root.");

    public static ToolException DiagnosticsOff(int pid, string variable) =>
        Refusal("diagnostics-off",
            $"Process {Text(pid)} runs with {variable}, which closes its diagnostics port. Start it without, or "
            + "call `Sitter.ListenForTool()` in it.");

    public static ToolException NativeWithoutSupport(int pid) =>
        Refusal("native",
            $"Process {Text(pid)} is a native program (Native AOT) without a diagnostics port. Publish it with "
            + "<EventSourceSupport>true</EventSourceSupport>, or call `Sitter.ListenForTool()` in it.");

    public static ToolException NoPort(int pid, string folder) =>
        Refusal("no-port",
            $"Process {Text(pid)} has no diagnostics port in {folder}. Its TMPDIR may be another one (set the "
            + "same for `sitters`), the file may have been cleaned away, or diagnostics are off; "
            + "`Sitter.ListenForTool()` in the process needs no port.");

    public static ToolException OtherTempFolder(int pid, string theirs, string ours) =>
        Refusal("other-tmpdir",
            $"Process {Text(pid)} has its sockets in {theirs}, and `sitters` looks in {ours}. Run it as "
            + $"`TMPDIR={theirs} sitters ...`.");

    public static ToolException OtherContainer(int pid) =>
        Refusal("container",
            $"Process {Text(pid)} runs in a container, whose files can't be read from here. Run `sitters` in that "
            + "container (docker exec, kubectl exec), as root on the host, or share the folder of its TMPDIR.");

    public static ToolException RuntimeTooOld(int pid, string version) =>
        Refusal("runtime-too-old",
            $"Process {Text(pid)} runs on .NET {version}. Sitters runs on .NET 8 and later, so there is nothing "
            + "to reach in it.");

    public static ToolException NoSitters(int pid, string name) =>
        Refusal("not-woven",
            $"Process {Text(pid)} ({name}) has no Sitters in it: none of its assemblies is woven. Reference "
            + "Sitters.Fody where its [Sit] methods are.");

    public static ToolException NoCallYet(int pid, string name) =>
        Refusal("no-call-yet",
            $"Process {Text(pid)} ({name}) has Sitters in its folder, but has made no sat call yet. Try again "
            + "after the first, or call `Sitter.ListenForTool()` at its start.");

    /// <summary>Sitters is in it, and the knock was taken, but nothing of ours has heard it in time.</summary>
    public static ToolException NotOpened(int pid) =>
        Refusal("no-call-yet",
            $"Process {Text(pid)} has Sitters in it, but has opened no socket in time: it has made no sat call "
            + "yet, or is very busy. Try again, or call `Sitter.ListenForTool()` at its start.");

    public static ToolException NotLoaded(int pid, string name) =>
        Refusal("not-loaded",
            $"Process {Text(pid)} ({name}) does not answer to Sitters: it is not woven, has made no sat call yet, "
            + "or uses a version of Sitters before there was this tool.");

    public static ToolException TooManySessions(int pid) =>
        Refusal("sessions-taken",
            $"Process {Text(pid)} takes no more diagnostic sessions: all 64 are in use, or it is out of memory. "
            + "End a dotnet-trace, dotnet-counters or dotnet-monitor that looks at it.");

    public static ToolException PortRefused(int pid, string why) =>
        Refusal("port-refused", $"Process {Text(pid)} does not take the request at its diagnostics port: {why.TrimEnd('.')}.");

    public static ToolException PidReused(int pid, string name) =>
        Refusal("pid-reused", $"The process {Text(pid)} that used Sitters has ended; its number now belongs to another one ({name}).");

    public static ToolException Stopped(int pid) =>
        Refusal("stopped",
            $"Process {Text(pid)} is stopped (SIGSTOP, or a debugger) and can't answer. `kill -CONT {Text(pid)}` "
            + "lets it run on.");

    public static ToolException NoAnswer(int pid) =>
        Refusal("no-answer",
            $"Process {Text(pid)} gives no answer in time. It may be stopped at a breakpoint, out of memory, or "
            + "very busy: try again.");

    public static ToolException NotItsSocket(int pid, string path) =>
        Refusal(NotItsSocketCode, $"{path} was not opened by process {Text(pid)}, and is not used. Remove it if it is yours.");

    public static ToolException NotAllowed(int pid, string path) =>
        Refusal("other-user",
            $"{path} may not be opened: process {Text(pid)} belongs to another user. Run `sitters` as that user, "
            + "or as root.");

    public static ToolException NotConnected(int pid, string path, string why) =>
        Refusal("not-connected", $"The socket of process {Text(pid)} can't be used ({path}): {why.TrimEnd('.')}.");

    public static ToolException PathTooLong(int pid, string path) =>
        Refusal("path-too-long",
            $"The socket of process {Text(pid)} can't be opened, since its path is longer than the system allows "
            + $"for sockets: {path}. Start both with a shorter TMPDIR.");

    public static ToolException OtherProtocol(Greeting greeting) =>
        Refusal("other-protocol",
            $"Process {Text(greeting.Pid)} speaks version {Text(greeting.Protocol)} of the protocol (Sitters "
            + $"{greeting.Version}), this tool version {Text(Greeting.Spoken)}. Install the tool of that version: "
            + $"dotnet tool update -g Sitters.Tool --version {greeting.Version}.");

    public static ToolException Forbidden(int pid, string name) =>
        Refusal("forbidden",
            $"Process {Text(pid)} ({name}) is not to be reached: its runtimeconfig.json has the option "
            + "Sitters.Tool as false (<SittersTool>false</SittersTool> in its project).");

    public static ToolException EventsOff(int pid, string name) =>
        Refusal("event-source-off",
            $"Process {Text(pid)} ({name}) is built without event sources "
            + "(<EventSourceSupport>false</EventSourceSupport>), so nothing hears the knock. Build it with them, "
            + "or call `Sitter.ListenForTool()` in it.");

    /// <summary>The process takes no more connections.</summary>
    public static ToolException Turned(int pid, string message) => Refusal("busy", $"Process {Text(pid)}: {message}");

    public static ToolException Ended(Greeting greeting) =>
        Refusal(EndedCode, $"Process {Text(greeting.Pid)} ({greeting.Name}) has ended, or has closed the connection.");

    public static ToolException NotUnderstood(Greeting greeting) =>
        Refusal("not-understood",
            $"Process {Text(greeting.Pid)} ({greeting.Name}) answered something that is not of the protocol "
            + $"(Sitters {greeting.Version}).");

    /// <summary>The process was reached and says itself why it doesn't do what it was asked.</summary>
    public static ToolException Refused(Greeting greeting, string code, string? message) => code switch
    {
        "expired" or "busy" =>
            new ToolException(ExitCode.NotInTime, code, message ?? $"Process {Text(greeting.Pid)} could not do it in time."),
        "invalid" or "unknown" or "ambiguous" =>
            new ToolException(ExitCode.Usage, code, message ?? $"Process {Text(greeting.Pid)} does not know the request."),
        _ => Refusal(code, message ?? $"Process {Text(greeting.Pid)} refuses: {code}."),
    };

    private static ToolException Refusal(string code, string message) => new(ExitCode.NotReached, code, message);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sitters.Tool.Reaching;

/// <summary>Who listens at the other end of a socket, by the word of the system.</summary>
/// <param name="Pid">Its process; 0 where that can't be seen from here, as in another container.</param>
/// <param name="User">Its user's number.</param>
internal readonly record struct Peer(int Pid, uint User)
{
    private const uint Root = 0;

    public static uint Self { get; } = OperatingSystem.IsWindows() ? Root : Native.EffectiveUser();

    /// <summary>
    /// Whether it may be believed to be that process. Everybody can make a file in a common folder that is named like a process's socket.
    /// </summary>
    public bool Is(int pid) => (Pid == pid || Pid == 0) && (User == Self || User == Root || Self == Root);

    /// <summary>Asks the system; null where it does not tell (Windows, where the folder is the user's own).</summary>
    public static Peer? Of(Socket socket)
    {
        if (OperatingSystem.IsLinux())
        {
            // struct ucred { pid, uid, gid } by SOL_SOCKET, SO_PEERCRED.
            var credentials = Ask(socket, level: 1, option: 17, size: 12);
            return new Peer((int)credentials[0], credentials[1]);
        }

        if (OperatingSystem.IsMacOS())
        {
            // struct xucred { version, uid, ... } by SOL_LOCAL, LOCAL_PEERCRED, and the process by LOCAL_PEERPID.
            return new Peer((int)Ask(socket, level: 0, option: 2, size: 4)[0], Ask(socket, level: 0, option: 1, size: 76)[1]);
        }

        return null;
    }

    private static uint[] Ask(Socket socket, int level, int option, int size)
    {
        var bytes = new byte[size];
        socket.GetRawSocketOption(level, option, bytes);
        return MemoryMarshal.Cast<byte, uint>(bytes).ToArray();
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "geteuid")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern uint EffectiveUser();
    }
}

using System.Net.Sockets;

namespace Tests.Tool;

/// <summary>The file of a socket at which nobody listens any more, as a killed process leaves it behind.</summary>
internal static class AbandonedSocket
{
    public static string At(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        // Under another name at first: a socket that is closed takes the file along that it was bound to.
        socket.Bind(new UnixDomainSocketEndPoint(path + "~"));
        File.Move(path + "~", path);
        return path;
    }
}

using System.Net;
using System.Net.Sockets;

namespace Tests.Applications;

internal static class FreePort
{
    public static int Any()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}

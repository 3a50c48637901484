using System.Net.Sockets;

namespace Sitters.Runtime.Remote;

/// <summary>
/// Deletes what processes have left that were killed. A file is dead where nobody listens behind it: numbers of processes are used again, and a
/// container may share the folder.
/// </summary>
internal static class DeadSockets
{
    /// <summary>A folder in which a socket is being made is seldom there for a millisecond.</summary>
    private static readonly TimeSpan _longestMaking = TimeSpan.FromMinutes(1);

    public static void Delete(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, SocketNames.Pattern))
        {
            if (SocketNames.IsOurs(Path.GetFileName(path)))
            {
                try
                {
                    DeleteIfDead(path);
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SocketException)
                {
                    // Somebody else's, or somebody else was faster: it is not in the way.
                }
            }
        }
    }

    private static void DeleteIfDead(string path)
    {
        if (path.EndsWith(SocketNames.Ending, StringComparison.Ordinal))
        {
            if (IsDead(path))
            {
                File.Delete(path);
            }
        }
        else if (Directory.GetLastWriteTimeUtc(path) < DateTime.UtcNow - _longestMaking)
        {
            File.Delete(Path.Combine(path, SocketNames.Hidden));
            Directory.Delete(path);
        }
    }

    private static bool IsDead(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }
}

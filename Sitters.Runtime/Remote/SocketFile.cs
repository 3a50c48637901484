using System.Net.Sockets;
using System.Text;

namespace Sitters.Runtime.Remote;

/// <summary>
/// The socket, and the file that it is reached by: <c>sitters-PID-RANDOM.socket</c> in the folder for temporary files, which only its owner, and
/// root, can open at any moment.
/// </summary>
internal sealed class SocketFile : IDisposable
{
    private const int Backlog = 64;

    /// <summary>In bytes: what fits into an address of the system's.</summary>
    private static readonly int _longestPath = OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? 107 : 103;

    private SocketFile(Socket socket, string path)
    {
        Socket = socket;
        Path = path;
    }

    public Socket Socket { get; }

    public string Path { get; }

    /// <exception cref="IOException">There can't be one here.</exception>
    public static SocketFile Create()
    {
        if (!Socket.OSSupportsUnixDomainSockets)
        {
            throw new IOException("This system has no Unix domain sockets, which the tool \"sitters\" needs.");
        }

        var folder = System.IO.Path.GetTempPath();
        var name = SocketNames.New();
        var path = System.IO.Path.Combine(folder, name + SocketNames.Ending);
        if (Encoding.UTF8.GetByteCount(path) is var length && length > _longestPath)
        {
            throw new IOException(
                $"The path {path} is too long for a Unix domain socket: {length} bytes, of {_longestPath}. Let TMPDIR name a folder with a shorter path.");
        }

        try
        {
            DeadSockets.Delete(folder);
            return OperatingSystem.IsWindows() ? new SocketFile(Bind(path), path) : CreatePrivately(System.IO.Path.Combine(folder, name), path);
        }
        catch (Exception failure) when (failure is SocketException or UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new IOException(
                $"No socket could be made in {folder}: {failure.Message} Let TMPDIR name a folder that this process may write to.", failure);
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody has made the folder read-only, or has removed it. The next process deletes what it finds.
        }

        Socket.Dispose();
    }

    /// <summary>
    /// A new socket can be opened by whoever the process's mask lets, until its rights are set: in a folder of its own nobody gets at it.
    /// </summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static SocketFile CreatePrivately(string folder, string path)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var hidden = System.IO.Path.Combine(folder, SocketNames.Hidden);
            var socket = Bind(hidden);
            try
            {
                File.SetUnixFileMode(hidden, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                File.Move(hidden, path, overwrite: true);
                return new SocketFile(socket, path);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Socket Bind(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

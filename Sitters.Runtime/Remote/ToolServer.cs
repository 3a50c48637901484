using System.Net.Sockets;

namespace Sitters.Runtime.Remote;

/// <summary>Listens on the socket, and has a thread talk to each that connects. All of it blocks: the thread pool may be starved.</summary>
internal sealed class ToolServer : IDisposable
{
    private const int MostClients = 16;

    /// <summary>In milliseconds: before it listens again where the system has no file or thread to spare.</summary>
    private const int Pause = 500;

    private readonly SocketFile _file;
    private readonly HashSet<ToolClient> _clients = [];
    private volatile bool _isClosed;

    private ToolServer(SocketFile file) => _file = file;

    public string Path => _file.Path;

    /// <summary>False where somebody has removed the file: a cleaner of temporary files, for example.</summary>
    public bool IsReachable => !_isClosed && File.Exists(_file.Path);

    public static ToolServer Start()
    {
        var server = new ToolServer(SocketFile.Create());
        new Thread(server.Listen) { IsBackground = true, Name = "Sitters: tool" }.UnsafeStart();
        return server;
    }

    public void Dispose()
    {
        _isClosed = true;
        _file.Dispose();
        ToolClient[] clients;
        lock (_clients)
        {
            clients = [.. _clients];
        }

        Array.ForEach(clients, static client => client.Dispose());
    }

    private void Listen()
    {
        while (!_isClosed)
        {
            try
            {
                Welcome(_file.Socket.Accept());
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException or OutOfMemoryException)
            {
                if (!_isClosed)
                {
                    FailureTrace.Write("A connection of the tool \"sitters\"", failure);
                    Thread.Sleep(Pause);
                }
            }
        }
    }

    private void Welcome(Socket socket)
    {
        var client = new ToolClient(socket);
        if (!TryAdd(client))
        {
            client.Refuse();
            return;
        }

        try
        {
            new Thread(() => Serve(client)) { IsBackground = true, Name = "Sitters: tool client" }.UnsafeStart();
        }
        catch
        {
            Remove(client);
            throw;
        }
    }

    private void Serve(ToolClient client)
    {
        try
        {
            client.Serve();
        }
        catch (Exception failure)
        {
            // Whatever it is, the process has nothing to do with it, and the others go on.
            FailureTrace.Write("A client of the tool \"sitters\", which was left,", failure);
        }
        finally
        {
            Remove(client);
        }
    }

    private bool TryAdd(ToolClient client)
    {
        lock (_clients)
        {
            if (_isClosed || _clients.Count >= MostClients)
            {
                return false;
            }

            _clients.Add(client);
            return true;
        }
    }

    private void Remove(ToolClient client)
    {
        lock (_clients)
        {
            _clients.Remove(client);
        }

        client.Dispose();
    }
}

using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Tests.Signals;

namespace Tests.Remote;

/// <summary>A connection to a process, as the tool has one.</summary>
internal sealed class Channel : IDisposable
{
    private readonly Socket _socket;
    private readonly StreamReader _reader;

    private Channel(Socket socket)
    {
        _socket = socket;
        _reader = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
    }

    /// <summary>What it was told first.</summary>
    public JsonElement Greeting { get; private set; }

    /// <summary>The sockets of a process.</summary>
    public static string[] FilesOf(int process, string? folder = null) =>
        Directory.GetFileSystemEntries(folder ?? Path.GetTempPath(), $"sitters-{process}-*");

    /// <summary>Knocks, and connects.</summary>
    public static async Task<Channel> Open(Child child)
    {
        return await Connect(await Knocking.Knock(child.Id));
    }

    /// <summary>The one socket of a process, once it is there.</summary>
    public static async Task<string> FileOf(int process, string? folder = null)
    {
        for (var waited = TimeSpan.Zero; waited < Stage.Patience; waited += TimeSpan.FromMilliseconds(5), await Task.Delay(5))
        {
            if (FilesOf(process, folder) is [var file] && file.EndsWith(".socket"))
            {
                return file;
            }
        }

        throw new AssertionException($"{process} opens no socket.");
    }

    public static async Task<Channel> Connect(string file)
    {
        var channel = await ConnectOnly(file);
        channel.Greeting = await channel.Read();
        return channel;
    }

    /// <summary>Without waiting for the greeting.</summary>
    public static async Task<Channel> ConnectOnly(string file)
    {
        // Blocking, so that it waits where more are waiting than the system keeps.
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await Task.Run(() => socket.Connect(new UnixDomainSocketEndPoint(file))).InTime();
        return new Channel(socket);
    }

    /// <summary>Sends a request.</summary>
    /// <returns>The lines of its answer.</returns>
    public async Task<List<JsonElement>> Ask(string request)
    {
        await Send(request + "\n");
        var lines = new List<JsonElement>();
        do
        {
            lines.Add(await Read());
        }
        while (!lines[^1].Has("done") && !lines[^1].Has("error"));

        return lines;
    }

    public async Task<JsonElement> AskForOne(string request) => (await Ask(request)).Single();

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public async Task Send(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await _socket.SendAsync(bytes.AsMemory(sent)).AsTask().InTime();
        }
    }

    public async Task<JsonElement> Read() =>
        Requests.Parse(await ReadLine() ?? throw new AssertionException("The connection was closed instead of an answer."));

    /// <returns>Null once the connection is closed.</returns>
    public async Task<string?> ReadLine()
    {
        try
        {
            return await _reader.ReadLineAsync().InTime();
        }
        catch (IOException)
        {
            // It was closed with something unread.
            return null;
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _socket.Dispose();
    }
}

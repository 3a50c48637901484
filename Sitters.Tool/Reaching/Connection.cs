using System.Net.Sockets;
using System.Text.Json;

namespace Sitters.Tool.Reaching;

/// <summary>A connection to a process that has opened its socket.</summary>
internal sealed class Connection : IDisposable
{
    /// <summary>Methods stand inside one another, and in each answer too.</summary>
    private static readonly JsonDocumentOptions _deep = new() { MaxDepth = 512 };

    private readonly NetworkStream _stream;
    private readonly LineReader _lines;

    private Connection(Socket socket, NetworkStream stream, LineReader lines, Greeting greeting)
    {
        (_stream, _lines, Greeting) = (stream, lines, greeting);
        Patience = TimeSpan.FromMilliseconds(socket.ReceiveTimeout);
    }

    public Greeting Greeting { get; }

    /// <summary>How long the process may say nothing in the middle of an answer.</summary>
    public TimeSpan Patience
    {
        get => TimeSpan.FromMilliseconds(_stream.ReadTimeout);
        set => _stream.ReadTimeout = _stream.WriteTimeout = (int)value.TotalMilliseconds;
    }

    /// <summary>Connects to a socket, and makes sure who listens there.</summary>
    /// <exception cref="SocketException">Nobody listens there, or it may not be used.</exception>
    /// <exception cref="ToolException">It is not the process's, or does not answer.</exception>
    public static Connection Open(string path, int pid, TimeSpan patience)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.SendTimeout = socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
            socket.Connect(new UnixDomainSocketEndPoint(path));
            if (Peer.Of(socket) is { } peer && !peer.Is(pid))
            {
                throw Refusals.NotItsSocket(pid, path);
            }

            var stream = new NetworkStream(socket, ownsSocket: true);
            var lines = new LineReader(stream);
            return new Connection(socket, stream, lines, Greet(lines, pid, path));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks something, and passes on each item of the answer as it comes; it is valid only while it is passed on.</summary>
    /// <returns>The last line.</returns>
    /// <exception cref="ToolException">The process refuses, ends, or says nothing for too long.</exception>
    public JsonElement Ask(Request request, Action<JsonElement>? item = null)
    {
        Send(request);
        while (true)
        {
            using var document = Next();
            var line = document.RootElement;
            if (line.Text("id") is { } id && id != request.Id)
            {
                continue;
            }

            if (line.Text("error") is { } error)
            {
                throw Refusals.Refused(Greeting, error, line.Text("message"));
            }

            if (line.Flag("done"))
            {
                return line.Clone();
            }

            item?.Invoke(line);
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Send(Request request)
    {
        try
        {
            _stream.Write(request.ToLine());
        }
        catch (IOException failure)
        {
            throw Broken(failure);
        }
    }

    private JsonDocument Next()
    {
        try
        {
            return JsonLine.Parse(_lines.Read(), _deep);
        }
        catch (Exception failure) when (failure is IOException or JsonException or InvalidDataException)
        {
            throw Broken(failure);
        }
    }

    private static Greeting Greet(LineReader lines, int pid, string path)
    {
        ReadOnlyMemory<byte> line;
        try
        {
            line = lines.Read();
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw Explanation.OfSilence(pid);
        }

        if (Greeting.ErrorIn(line) is { } error)
        {
            throw Refusals.Turned(pid, error);
        }

        var greeting = Greeting.Parse(line) ?? throw Refusals.NotItsSocket(pid, path);
        return greeting.Protocol == Greeting.Spoken ? greeting : throw Refusals.OtherProtocol(greeting);
    }

    private ToolException Broken(Exception failure) => failure switch
    {
        EndOfStreamException => Refusals.Ended(Greeting),
        IOException { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock } } =>
            Explanation.OfSilence(Greeting.Pid),
        IOException { InnerException: SocketException } => Refusals.Ended(Greeting),
        _ => Refusals.NotUnderstood(Greeting),
    };
}

using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tests.Tool;

/// <summary>A process as the tool sees it: a socket of the protocol in a folder of its own, served by threads of the test.</summary>
internal sealed class FakeProcess : IDisposable
{
    private static int _count;

    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentQueue<JsonObject> _requests = new();
    private readonly bool _ownsFolder;

    public FakeProcess(string? folder = null)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("tool").FullName;
        SocketPath = Path.Combine(Folder, $"sitters-{Pid}-{Interlocked.Increment(ref _count):x16}.socket");
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        new Thread(Listen) { IsBackground = true, Name = "fake process" }.Start();
    }

    /// <summary>The test's own process, so that the system says the same.</summary>
    public static int Pid => Environment.ProcessId;

    /// <summary>The process as a command names it.</summary>
    public static string Name => Pid.ToString();

    public string Folder { get; }

    public string SocketPath { get; }

    /// <summary>What it was asked so far.</summary>
    public IReadOnlyList<JsonObject> Requests => [.. _requests];

    public JsonObject Request => Requests.Single();

    public string Greeting { get; init; } =
        $$"""{"sitters":1,"version":"0.1.0","pid":{{Environment.ProcessId}},"name":"Shop","started":"2026-11-26T02:00:00Z","runtime":".NET 10.0.1","calls":2}""";

    /// <summary>What its greeting is sent in.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>What it answers, as it is, and then hangs up; null to answer by the protocol.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>The calls that it tells of.</summary>
    public IReadOnlyList<string> Calls { get; set; } = [];

    public bool IsPaused { get; set; }

    /// <summary>Makes the lines of an answer, without the request's id; null for the usual one.</summary>
    public Func<JsonObject, IEnumerable<string>?> Answer { get; set; } = _ => null;

    public static string Call(string id, string method = "Shop.Jobs.Sync", string state = "Running", double age = 1.5, string more = "") =>
        $$"""{"id":"{{id}}-0000-0000-0000-000000000000","method":"{{method}}","state":"{{state}}","attempt":1,"restarts":0,"age":{{age}}{{more}}}""";

    public void Dispose()
    {
        _listener.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Listen()
    {
        try
        {
            while (true)
            {
                var client = _listener.Accept();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Serve(Socket client)
    {
        using var stream = new NetworkStream(client, ownsSocket: true);
        using var reader = new StreamReader(stream);
        try
        {
            stream.Write(Encoding.GetBytes(Greeting + "\n"));
            while (reader.ReadLine() is { } line)
            {
                var request = JsonNode.Parse(line)!.AsObject();
                _requests.Enqueue(request);
                if (Bytes is not null)
                {
                    stream.Write(Bytes);
                    return;
                }

                foreach (var answer in Answer(request) ?? Usual(request))
                {
                    if (answer == Hangup)
                    {
                        return;
                    }

                    Write(stream, $$"""{"id":{{request["id"]!.ToJsonString()}},{{answer[1..]}}""");
                }
            }
        }
        catch (IOException)
        {
            // The tool has gone.
        }
    }

    /// <summary>An answer that closes the connection.</summary>
    public const string Hangup = "hang up";

    private static void Write(Stream stream, string line) => stream.Write(Encoding.UTF8.GetBytes(line + "\n"));

    private IEnumerable<string> Usual(JsonObject request)
    {
        if (request["do"]!.GetValue<string>() is "ps" or "tree")
        {
            var limit = request["limit"]?.GetValue<int>() ?? int.MaxValue;
            return Calls.Take(limit).Select(call => $$"""{"call":{{call}}}""")
                .Append($$"""{"done":true,"calls":{{Calls.Count}},"paused":{{(IsPaused ? "true" : "false")}}}""");
        }

        return [$$"""{"done":true,"calls":{{Calls.Count}},"ids":[{{string.Join(",", Calls.Select(call => JsonNode.Parse(call)!["id"]!.ToJsonString()))}}]}"""];
    }
}

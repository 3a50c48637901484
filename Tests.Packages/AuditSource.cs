using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tests.Packages;

/// <summary>A source that NuGet asks for nothing but vulnerabilities. It knows the given ones, or has no list of them.</summary>
internal sealed class AuditSource : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, string> _files;

    public AuditSource(string? vulnerabilities)
    {
        // NuGet keeps what it has read by address, so each source has one of its own.
        var root = $"http://127.0.0.1:{FreePort()}/{Guid.NewGuid():N}/";
        Address = $"{root}index.json";
        var list = vulnerabilities is null ? "" : $$"""{"@id":"{{root}}lists.json","@type":"VulnerabilityInfo/6.7.0"}""";
        _files = new()
        {
            ["index.json"] = $$"""{"version":"3.0.0","resources":[{{list}}]}""",
            ["lists.json"] = $$"""[{"@name":"all","@id":"{{root}}all.json","@updated":"2026-01-01T00:00:00Z"}]""",
            ["all.json"] = vulnerabilities ?? "{}",
        };
        _listener.Prefixes.Add(root);
        _listener.Start();
        _ = Serve();
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext request;
            try
            {
                request = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // Disposed while it waited.
                return;
            }

            var known = _files.TryGetValue(request.Request.Url!.Segments[^1], out var text);
            request.Response.StatusCode = known ? 200 : 404;
            request.Response.ContentType = "application/json";
            await request.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text ?? ""));
            request.Response.Close();
        }
    }
}

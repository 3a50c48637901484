using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Tests.Applications;

/// <summary>Takes what OpenTelemetry sends over HTTP, and looks for names in it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, string> _received = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _receiving;

    public Collector()
    {
        var port = FreePort.Any();
        Address = new Uri($"http://127.0.0.1:{port}");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _receiving = Receive();
    }

    public Uri Address { get; }

    /// <summary>Waits until all of these have come to one path.</summary>
    public async Task Until(string path, params string[] texts)
    {
        while (!texts.All(text => _received.GetValueOrDefault(path, "").Contains(text, StringComparison.Ordinal)))
        {
            Assert.That(
                await _news.WaitAsync(TimeSpan.FromSeconds(60)), $"{path} got no {string.Join(", ", texts)}, but {string.Join(", ", _received.Keys)}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _receiving;
        _news.Dispose();
    }

    private async Task Receive()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            // Names are in it as they are, whatever stands between them.
            using var reader = new StreamReader(context.Request.InputStream, Encoding.Latin1);
            var text = await reader.ReadToEndAsync();
            _received.AddOrUpdate(context.Request.Url!.AbsolutePath, text, (_, before) => before + text);
            context.Response.Close();
            _news.Release();
        }
    }
}

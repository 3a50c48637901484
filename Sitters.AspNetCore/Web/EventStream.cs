using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sitters.AspNetCore.Live;

namespace Sitters.AspNetCore.Web;

/// <summary>Server-sent events: who the process is, then the calls, for as long as the browser listens.</summary>
internal sealed class EventStream(About about, Feed feed, CancellationToken stopping)
{
    public async Task Send(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";

        // Else nginx keeps events until it has enough of them.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var watch = feed.Join();
        try
        {
            await Write(context, Hello(context), end.Token).ConfigureAwait(false);
            Look? seen = null;
            while (true)
            {
                var look = await watch.After(seen).WaitAsync(end.Token).ConfigureAwait(false);
                await Write(context, look.MessageFor(seen), end.Token).ConfigureAwait(false);
                seen = look;
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser has gone.
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Write(context, "event: bye\ndata: {}\n\n"u8.ToArray(), context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            feed.Leave();
        }
    }

    private static async Task Write(HttpContext context, byte[] message, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private byte[] Hello(HttpContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("event: hello\ndata: "u8);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            about.WriteTo(writer, Visitor.NameOf(context));
        }

        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}

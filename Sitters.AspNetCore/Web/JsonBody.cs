using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sitters.AspNetCore.Web;

/// <summary>JSON in requests and answers.</summary>
internal static class JsonBody
{
    /// <summary>More than the longest order.</summary>
    private const int MostBytes = 1 << 17;

    public static Task Send(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Send(context, buffer.WrittenMemory);
    }

    public static async Task Send(HttpContext context, ReadOnlyMemory<byte> json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What was sent; of a body that is too long, a beginning that is too long as well.</summary>
    public static async Task<ReadOnlyMemory<byte>> Receive(HttpContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (buffer.WrittenCount <= MostBytes)
        {
            var read = await context.Request.Body.ReadAsync(buffer.GetMemory(4096), context.RequestAborted).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            buffer.Advance(read);
        }

        return buffer.WrittenMemory;
    }
}

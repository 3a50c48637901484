using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sitters.AspNetCore.Asking;

namespace Sitters.AspNetCore.Web;

/// <summary>The calls as JSON, chosen by what stands in the address: the same names as in the requests of the tool.</summary>
internal static class CallList
{
    private static readonly string[] _numbers = ["olderThan", "limit"];

    /// <param name="what">"ps": each with the innermost wait; "tree": with all of them.</param>
    /// <param name="context">The request.</param>
    public static async Task Send(string what, HttpContext context)
    {
        Refusal? refusal;
        var answer = new ArrayBufferWriter<byte>();
        using (var conversation = new Conversation())
        using (var writer = new Utf8JsonWriter(answer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("calls");
            var end = conversation.Ask(Request(what, context.Request.Query), null, item => item.GetProperty("call").WriteTo(writer));
            writer.WriteEndArray();
            refusal = Refusal.In(end);
            if (refusal is null)
            {
                writer.WritePropertyName("total");
                end.GetProperty("calls").WriteTo(writer);
                writer.WritePropertyName("paused");
                end.GetProperty("paused").WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        if (refusal is not null)
        {
            await refusal.Send(context).ConfigureAwait(false);
            return;
        }

        await JsonBody.Send(context, answer.WrittenMemory).ConfigureAwait(false);
    }

    private static byte[] Request(string what, IQueryCollection query)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("do", what);
            foreach (var (name, values) in query)
            {
                if (_numbers.Contains(name) && double.TryParse(values.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                {
                    writer.WriteNumber(name, number);
                }
                else if (values.Count > 1)
                {
                    writer.WriteStartArray(name);
                    foreach (var value in values)
                    {
                        writer.WriteStringValue(value);
                    }

                    writer.WriteEndArray();
                }
                else
                {
                    writer.WriteString(name, values.ToString());
                }
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}

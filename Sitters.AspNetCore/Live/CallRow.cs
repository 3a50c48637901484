using System.Buffers;
using System.Text.Json;

namespace Sitters.AspNetCore.Live;

/// <summary>A call as the page shows it: what changes by itself with every moment is left out, so that two looks differ only where something happened.</summary>
internal sealed class CallRow
{
    /// <summary>A wait that seems to have begun by so much earlier or later is still the same.</summary>
    private const long Tolerance = 1000;

    private readonly byte[] _call;
    private readonly long? _since;

    private CallRow(byte[] call, long? since)
    {
        _call = call;
        _since = since;
    }

    /// <param name="call">A call, as the process told it.</param>
    /// <param name="time">When.</param>
    /// <param name="before">The same call at the look before.</param>
    /// <param name="scratch">Memory to write in.</param>
    /// <returns><paramref name="before"/> itself where nothing has happened.</returns>
    public static CallRow Of(JsonElement call, LookTime time, CallRow? before, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(scratch))
        {
            WriteLasting(writer, call);
        }

        long? since = call.TryGetProperty("wait", out var wait) && wait.TryGetProperty("for", out var seconds)
            ? time.Ticks - (long)(seconds.GetDouble() * 1000)
            : null;
        return before is not null && IsClose(before._since, since) && scratch.WrittenSpan.SequenceEqual(before._call)
            ? before
            : new CallRow(scratch.WrittenSpan.ToArray(), since);
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("call");
        writer.WriteRawValue(_call, skipInputValidation: true);
        if (_since is { } since)
        {
            writer.WriteNumber("since", since);
        }

        writer.WriteEndObject();
    }

    private static bool IsClose(long? one, long? other) =>
        one is { } a && other is { } b ? Math.Abs(a - b) <= Tolerance : one is null && other is null;

    private static void WriteLasting(Utf8JsonWriter writer, JsonElement element)
    {
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            if (property.NameEquals("wait"))
            {
                writer.WritePropertyName("wait");
                WriteLasting(writer, property.Value);
            }
            else if (!property.NameEquals("age") && !property.NameEquals("for"))
            {
                property.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}

using System.Text.Json;
using System.Text.Unicode;

namespace Sitters.Tool.Reaching;

/// <summary>
/// Reads what a process answers. The parser takes bytes that are no UTF-8 and halves of characters for text, and fails where that is used; here
/// such a line is none from the beginning.
/// </summary>
internal static class JsonLine
{
    /// <exception cref="JsonException">It is no JSON, or has a text that is none.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> line, JsonDocumentOptions options = default)
    {
        if (!Utf8.IsValid(line.Span))
        {
            throw new JsonException("No UTF-8.");
        }

        var document = JsonDocument.Parse(line, options);
        try
        {
            CheckEscapes(line.Span, options);
            return document;
        }
        catch (InvalidOperationException half)
        {
            document.Dispose();
            throw new JsonException("Half a character.", half);
        }
    }

    /// <summary>Only escapes can stand for half a character; few lines have any.</summary>
    private static void CheckEscapes(ReadOnlySpan<byte> line, JsonDocumentOptions options)
    {
        if (line.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = options.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
    }
}

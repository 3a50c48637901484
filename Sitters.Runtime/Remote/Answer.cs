using System.Buffers;
using System.Text.Json;

namespace Sitters.Runtime.Remote;

/// <summary>Writes an answer: lines of JSON, sent on in portions while the rest is still to come.</summary>
/// <remarks>
/// All text is escaped, so that no line break of somebody's can end a line, and nothing in it can steer a terminal. A line that fails half
/// way is taken back.
/// </remarks>
internal sealed class Answer : IDisposable
{
    /// <summary>In bytes: so much is collected before it is sent.</summary>
    private const int Portion = 16 * 1024;

    /// <summary>In characters: text from outside is cut here, since whoever reads has to hold a line.</summary>
    private const int LongestText = 8 * 1024;

    private const int MostNames = 4 * 1024;

    private readonly Stream _output;

    /// <summary>The line that is being written: apart, since it may not be finished.</summary>
    private readonly ArrayBufferWriter<byte> _line = new(4 * 1024);
    private readonly ArrayBufferWriter<byte> _lines = new(2 * Portion);

    /// <summary>By reference: the names of a method are one string in all of its calls.</summary>
    private readonly Dictionary<string, JsonEncodedText> _names = new(ReferenceEqualityComparer.Instance);
    private readonly JsonEncodedText? _id;

    public Answer(string? id, Stream output)
    {
        _output = output;
        _id = id is null ? null : JsonEncodedText.Encode(id);
        Json = new Utf8JsonWriter(_line, new JsonWriterOptions { SkipValidation = true, MaxDepth = 3 * WaitWriter.Deepest });
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>Whoever reads has gone, or does not read: nothing more can be said.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>In bytes.</summary>
    public long LengthOfLine => Json.BytesCommitted + Json.BytesPending;

    public void BeginLine()
    {
        Json.WriteStartObject();
        if (_id is { } id)
        {
            Json.WriteString(Names.Id, id);
        }
    }

    public void EndLine()
    {
        Json.WriteEndObject();
        Json.Flush();
        Json.Reset();
        _lines.Write(_line.WrittenSpan);
        _lines.Write("\n"u8);
        _line.ResetWrittenCount();
        if (_lines.WrittenCount >= Portion)
        {
            Send();
        }
    }

    /// <summary>Ends the answer.</summary>
    public void End()
    {
        EndLine();
        Send();
        try
        {
            _output.Flush();
        }
        catch
        {
            IsBroken = true;
            throw;
        }
    }

    /// <summary>Ends it after so many items.</summary>
    public void EndList(int count)
    {
        BeginLine();
        Json.WriteBoolean(Names.Done, true);
        Json.WriteNumber(Names.Calls, count);
        End();
    }

    /// <summary>Ends it in place of whatever else was to come.</summary>
    public void End(RemoteError error)
    {
        Json.Reset();
        _line.ResetWrittenCount();
        BeginLine();
        Json.WriteString(Names.Error, error.Kind);
        Write(Names.Message, error.Message);
        End();
    }

    /// <summary>Names of methods, files and what is awaited: few, in many lines.</summary>
    public void WriteName(JsonEncodedText property, string name)
    {
        if (!_names.TryGetValue(name, out var encoded))
        {
            if (_names.Count == MostNames)
            {
                _names.Clear();
            }

            _names.Add(name, encoded = JsonEncodedText.Encode(Cut(name)));
        }

        Json.WriteString(property, encoded);
    }

    /// <summary>Text of somebody's; nothing where there is none.</summary>
    public void Write(JsonEncodedText property, string? text)
    {
        if (text is not null)
        {
            Json.WriteString(property, Cut(text));
        }
    }

    /// <summary>Exact to the millisecond.</summary>
    public void WriteSeconds(JsonEncodedText property, TimeSpan time)
    {
        var milliseconds = Math.Max(0, time.Ticks / TimeSpan.TicksPerMillisecond);

        // With three decimal places as it is, which spares a division.
        Json.WriteNumber(property, new decimal((int)milliseconds, (int)(milliseconds >> 32), 0, isNegative: false, 3));
    }

    public void Dispose() => Json.Dispose();

    private static ReadOnlySpan<char> Cut(string text) => text.AsSpan(0, Math.Min(text.Length, LongestText));

    private void Send()
    {
        try
        {
            _output.Write(_lines.WrittenSpan);
            _lines.ResetWrittenCount();
        }
        catch
        {
            IsBroken = true;
            throw;
        }
    }
}

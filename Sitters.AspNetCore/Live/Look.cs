using System.Buffers;
using System.Text.Json;

namespace Sitters.AspNetCore.Live;

/// <summary>One look at the process: made once, and sent to everybody who looks.</summary>
internal sealed class Look
{
    private readonly long _number;
    private readonly LookTime _time;
    private readonly bool _isPaused;
    private readonly int _total;
    private readonly byte[] _log;
    private readonly byte[] _change;
    private readonly Lazy<byte[]> _whole;

    /// <param name="before">The look before this, to which nothing refers afterwards; null for the first.</param>
    /// <param name="time">When.</param>
    /// <param name="isPaused">Whether everything is paused.</param>
    /// <param name="total">How many calls there are, also where fewer are told of.</param>
    /// <param name="rows">The calls, by id.</param>
    /// <param name="log">What was done, a JSON array.</param>
    public Look(Look? before, LookTime time, bool isPaused, int total, Dictionary<string, CallRow> rows, byte[] log)
    {
        _number = before is null ? 0 : before._number + 1;
        _time = time;
        _isPaused = isPaused;
        _total = total;
        _log = log;
        Rows = rows;
        _change = before is null ? [] : Message(before);
        _whole = new(() => Message(null));
    }

    public IReadOnlyDictionary<string, CallRow> Rows { get; }

    /// <summary>What to send to one who has seen <paramref name="seen"/>, a look of the same watch: only what has changed, if that was the look before.</summary>
    public byte[] MessageFor(Look? seen) => seen is not null && seen._number == _number - 1 ? _change : _whole.Value;

    /// <summary>An event for the browser: all, or what is different from <paramref name="before"/>.</summary>
    private byte[] Message(Look? before)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("event: calls\ndata: "u8);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("at", _time.At);
            writer.WriteNumber("ticks", _time.Ticks);
            writer.WriteBoolean("paused", _isPaused);
            writer.WriteNumber("total", _total);
            writer.WriteBoolean("whole", before is null);
            writer.WriteStartArray("set");
            foreach (var (id, row) in Rows)
            {
                if (before?.Rows.GetValueOrDefault(id) != row)
                {
                    row.WriteTo(writer);
                }
            }

            writer.WriteEndArray();
            writer.WriteStartArray("gone");
            foreach (var id in before?.Rows.Keys ?? [])
            {
                if (!Rows.ContainsKey(id))
                {
                    writer.WriteStringValue(id);
                }
            }

            writer.WriteEndArray();
            if (before is null || !before._log.AsSpan().SequenceEqual(_log))
            {
                writer.WritePropertyName("log");
                writer.WriteRawValue(_log, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}

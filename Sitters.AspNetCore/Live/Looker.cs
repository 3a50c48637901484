using System.Buffers;
using System.Text;
using System.Text.Json;
using Sitters.AspNetCore.Asking;

namespace Sitters.AspNetCore.Live;

/// <summary>Looks at the process, again and again.</summary>
internal sealed class Looker : IDisposable
{
    /// <summary>No browser shows more in a way that helps anybody: the oldest are no better than others then, and a filter finds the rest.</summary>
    private const int MostCalls = 20_000;

    private static readonly byte[] _calls = Encoding.UTF8.GetBytes($$"""{"do":"ps","limit":{{MostCalls}}}""");

    private readonly Conversation _conversation = new();
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private Look? _last;

    public Look Next()
    {
        var time = LookTime.Now();
        var rows = new Dictionary<string, CallRow>(_last?.Rows.Count ?? 0);
        var end = _conversation.Ask(_calls, null, item =>
        {
            var call = item.GetProperty("call");
            var id = call.GetProperty("id").GetString()!;
            rows[id] = CallRow.Of(call, time, _last?.Rows.GetValueOrDefault(id), _scratch);
        });
        return _last = new Look(_last, time, end.GetProperty("paused").GetBoolean(), end.GetProperty("calls").GetInt32(), rows, Log());
    }

    public void Dispose() => _conversation.Dispose();

    private byte[] Log()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        _conversation.Ask("""{"do":"log"}"""u8, null, item => item.GetProperty("control").WriteTo(writer));
        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}

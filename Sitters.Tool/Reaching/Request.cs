using System.Buffers;
using System.Text.Json;

namespace Sitters.Tool.Reaching;

/// <summary>Which calls. All that is given must hold; nothing given means all of them.</summary>
internal sealed record Selectors
{
    public string? Methods { get; init; }

    public IReadOnlyList<string> Calls { get; init; } = [];

    public string? State { get; init; }

    public TimeSpan? OlderThan { get; init; }

    public string? WaitsAt { get; init; }

    public bool AreNone => Methods is null && Calls.Count == 0 && State is null && OlderThan is null && WaitsAt is null;
}

/// <summary>What a process is asked, as one line of JSON.</summary>
internal sealed record Request(string Do)
{
    public string Id { get; init; } = Guid.NewGuid().ToString("N");

    public Selectors Selectors { get; init; } = new();

    /// <summary>The most calls to tell of.</summary>
    public int? Limit { get; init; }

    public string? Reason { get; init; }

    public string? Identity { get; init; }

    /// <summary>How long a pause lasts.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>At most how many calls are resumed in a second.</summary>
    public double? Rate { get; init; }

    public bool DryRun { get; init; }

    /// <summary>When it is too late for it.</summary>
    public DateTimeOffset? Until { get; init; }

    public byte[] ToLine()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", Id);
            json.WriteString("do", Do);
            Write(json, Selectors);
            WriteIfThere(json, "reason", Reason);
            WriteIfThere(json, "identity", Identity);
            WriteIfThere(json, "for", For?.TotalSeconds);
            WriteIfThere(json, "rate", Rate);
            WriteIfThere(json, "limit", Limit);
            if (DryRun)
            {
                json.WriteBoolean("dryRun", true);
            }

            if (Until is { } until)
            {
                json.WriteString("until", until.UtcDateTime);
            }

            json.WriteEndObject();
        }

        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Selectors selectors)
    {
        WriteIfThere(json, "methods", selectors.Methods);
        if (selectors.Calls.Count > 0)
        {
            json.WriteStartArray("call");
            foreach (var call in selectors.Calls)
            {
                json.WriteStringValue(call);
            }

            json.WriteEndArray();
        }

        WriteIfThere(json, "state", selectors.State);
        WriteIfThere(json, "olderThan", selectors.OlderThan?.TotalSeconds);
        WriteIfThere(json, "waitsAt", selectors.WaitsAt);
    }

    private static void WriteIfThere(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteIfThere(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}

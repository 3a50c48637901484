using System.Text.Json;

namespace Sitters.Tool.Reaching;

/// <summary>What a process says of itself to whoever connects.</summary>
internal sealed record Greeting(int Pid, string Name, int Protocol, double Calls, DateTimeOffset? Started, string? Version, string? Runtime)
{
    /// <summary>The protocol that this tool speaks.</summary>
    public const int Spoken = 1;

    /// <summary>Reads a greeting; null where it is something else.</summary>
    public static Greeting? Parse(ReadOnlyMemory<byte> line) => Read(line, root =>
        root.Number("sitters") is { } protocol && root.Number("pid") is { } pid
            ? new Greeting(
                (int)pid,
                root.Text("name") ?? "?",
                (int)protocol,
                root.Number("calls") ?? 0,
                root.Time("started"),
                root.Text("version"),
                root.Text("runtime"))
            : null);

    /// <summary>What is said in its place to whoever is one too many.</summary>
    public static string? ErrorIn(ReadOnlyMemory<byte> line) =>
        Read(line, root => root.Text("error") is { } error ? root.Text("message") ?? error : null);

    private static T? Read<T>(ReadOnlyMemory<byte> line, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonLine.Parse(line);
            return read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

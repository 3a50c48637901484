using System.Text.Json;

namespace Sitters.Tool.Reaching;

/// <summary>What a process says of itself to whoever connects.</summary>
internal sealed record Greeting(int Pid, string Name, int Protocol, double Calls, DateTimeOffset? Started, string? Version, string? Runtime)
{
    /// <summary>The protocol that this tool speaks.</summary>
    public const int Spoken = 1;

    /// <summary>Reads a greeting; null where it is something else.</summary>
    public static Greeting? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.Number("sitters") is { } protocol && root.Number("pid") is { } pid
                ? new Greeting((int)pid, root.Text("name") ?? "?", (int)protocol, root.Number("calls") ?? 0, root.Time("started"), root.Text("version"), root.Text("runtime"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

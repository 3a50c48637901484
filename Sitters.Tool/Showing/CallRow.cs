using System.Text.Json;
using Sitters.Tool.Reaching;

namespace Sitters.Tool.Showing;

/// <summary>A call as one row shows it.</summary>
/// <param name="Id">Its whole id.</param>
/// <param name="Method">The full name.</param>
/// <param name="State">By the names of SitState.</param>
/// <param name="Attempt">The attempt under way.</param>
/// <param name="Age">In seconds.</param>
/// <param name="Waits">Where it waits.</param>
internal sealed record CallRow(string Id, string Method, string State, int Attempt, double Age, string Waits)
{
    /// <summary>Digits enough to tell calls apart, and to name one in a command.</summary>
    public const int ShortIdLength = 8;

    /// <summary>What stands for nothing, so that each row has all columns.</summary>
    public const string Nothing = "-";

    public string ShortId => Shorten(Id);

    /// <summary>The beginning of an id.</summary>
    public static string Shorten(string id) => Fit.Harmless(id.Length > ShortIdLength ? id[..ShortIdLength] : id);

    public static CallRow Of(JsonElement call)
    {
        var waits = call.Member("wait") is { ValueKind: JsonValueKind.Object } wait ? Place(wait) : Nothing;
        if (call.Member("wait")?.Number("more") is { } more and > 0)
        {
            waits += $" (+{Texts.Count(more)})";
        }

        return new CallRow(call.Text("id") ?? "", Harmless(call, "method") ?? "?", Harmless(call, "state") ?? "?",
            (int)(call.Number("attempt") ?? 0), call.Number("age") ?? 0, waits);
    }

    /// <summary>File and line, and what is awaited there: Orders.cs:12 HttpClient.GetStringAsync.</summary>
    public static string Place(JsonElement wait)
    {
        var file = Harmless(wait, "file") is { } path ? Texts.FileName(path) : null;
        var place = file is null ? null : wait.Number("line") is { } line ? $"{file}:{Texts.Number(line)}" : file;
        var awaits = Harmless(wait, "awaits");
        var unwoven = wait.Flag("unwoven") ? " (not woven)" : "";
        return $"{place}{(place is null || awaits is null ? "" : " ")}{awaits}{unwoven}".Trim() is { Length: > 0 } text ? text : Nothing;
    }

    private static string? Harmless(JsonElement element, string name) => element.Text(name) is { } text ? Fit.Harmless(text) : null;
}

using System.Text;
using System.Text.Json;
using Sitters;
using Sitters.Runtime.Remote;

namespace Tests.Remote;

/// <summary>Requests as they come from outside, answered in this process.</summary>
internal static class Requests
{
    /// <summary>The lines of the answer.</summary>
    public static List<JsonElement> Ask(string request, string? identity = null, SitControlSource source = SitControlSource.Tool) =>
        Ask(Encoding.UTF8.GetBytes(request), identity, source);

    public static List<JsonElement> Ask(byte[] request, string? identity = null, SitControlSource source = SitControlSource.Tool)
    {
        using var output = new MemoryStream();
        RemoteRequests.Answer(request, source, identity, output);
        return Lines(output.ToArray());
    }

    /// <summary>The last line of the answer, where there is nothing before it.</summary>
    public static JsonElement AskForOne(string request) => Ask(request).Single();

    /// <summary>Each ends with a line break, and is a JSON object.</summary>
    public static List<JsonElement> Lines(byte[] answer)
    {
        var text = Encoding.UTF8.GetString(answer);
        Assert.That(text, Does.EndWith("\n"));
        return [.. text[..^1].Split('\n').Select(Parse)];
    }

    public static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 512 });
        Assert.That(document.RootElement.ValueKind, Is.EqualTo(JsonValueKind.Object), line);
        return document.RootElement.Clone();
    }

    public static string? Text(this JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() : null;

    public static int Number(this JsonElement element, string property) => element.GetProperty(property).GetInt32();

    public static bool Has(this JsonElement element, string property) => element.TryGetProperty(property, out _);
}

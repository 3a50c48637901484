using System.Text.Json;

namespace Tests.Page;

/// <summary>Reads server-sent events as a browser does.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage answer, Stream stream)
    {
        _answer = answer;
        _lines = new StreamReader(stream);
    }

    public static async Task<EventReader> Open(HttpClient client, string address = "/sitters/events", string? user = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("User", user ?? "");
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).InTime();
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        return new EventReader(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null at the end.</summary>
    public async Task<(string Name, JsonElement Data)?> Next()
    {
        var name = "";
        while (await _lines.ReadLineAsync().InTime() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var data = JsonDocument.Parse(line["data: ".Length..]).RootElement;
                Assert.That(await _lines.ReadLineAsync().InTime(), Is.Empty);
                return (name, data);
            }
        }

        return null;
    }

    /// <summary>The next look at the calls that is as wanted.</summary>
    public async Task<JsonElement> Look(Func<JsonElement, bool>? isWanted = null)
    {
        while (await Next() is var (name, data))
        {
            if (name == "calls" && isWanted?.Invoke(data) != false)
            {
                return data;
            }
        }

        throw new EndOfStreamException("The events have ended.");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }
}

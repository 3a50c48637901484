using System.Text.Json;
using Sitters.Runtime.Remote;

namespace Sitters.AspNetCore.Asking;

/// <summary>Asks the process what the tool asks it too, in lines of JSON; the memory for the answers is used again.</summary>
internal sealed class Conversation : IDisposable
{
    /// <summary>Methods stand in one another deeper than JSON is by default.</summary>
    private static readonly JsonDocumentOptions _deep = new() { MaxDepth = 1000 };

    private readonly MemoryStream _answer = new();

    /// <summary>Has a request carried out.</summary>
    /// <param name="request">The request, a JSON object.</param>
    /// <param name="identity">Who asks.</param>
    /// <param name="item">Gets each item of the answer, which is valid until it returns.</param>
    /// <returns>The last line of the answer.</returns>
    public JsonElement Ask(ReadOnlySpan<byte> request, string? identity, Action<JsonElement>? item = null)
    {
        _answer.SetLength(0);
        RemoteRequests.Answer(request, SitControlSource.Page, identity, _answer);
        var rest = _answer.GetBuffer().AsMemory(0, (int)_answer.Length);
        while (true)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = rest[..end];
            rest = rest[(end + 1)..];
            using var document = JsonDocument.Parse(line, _deep);
            if (rest.IsEmpty)
            {
                return document.RootElement.Clone();
            }

            item?.Invoke(document.RootElement);
        }
    }

    public void Dispose() => _answer.Dispose();
}

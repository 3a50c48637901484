using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sitters.AspNetCore.Asking;

namespace Sitters.AspNetCore.Web;

/// <summary>Carries out one of the four verbs. The body is a request as the tool sends it, except that nobody can say in it who asks.</summary>
internal sealed class Control(SittersPageOptions options)
{
    private static readonly string[] _verbs = ["pause", "resume", "restart", "cancel"];

    public async Task Send(HttpContext context)
    {
        if (RefusalOf(context.Request) is { } refusal)
        {
            await refusal.Send(context).ConfigureAwait(false);
            return;
        }

        var order = await JsonBody.Receive(context).ConfigureAwait(false);
        if (RefusalOf(order.Span) is { } invalid)
        {
            await invalid.Send(context).ConfigureAwait(false);
            return;
        }

        using var conversation = new Conversation();
        var end = conversation.Ask(order.Span, Visitor.IdentityOf(context));
        if (Refusal.In(end) is { } refused)
        {
            await refused.Send(context).ConfigureAwait(false);
            return;
        }

        await JsonBody.Send(context, end.WriteTo).ConfigureAwait(false);
    }

    private Refusal? RefusalOf(HttpRequest request)
    {
        if (options.ReadOnly)
        {
            return new(StatusCodes.Status403Forbidden, "read-only", "This page is read-only: it changes nothing. ReadOnly = false in the options of MapSitters gives it its buttons.");
        }

        if (!request.Headers.ContainsKey(Origin.OwnHeader))
        {
            return new(StatusCodes.Status403Forbidden, "foreign", $"An order has the header {Origin.OwnHeader}, with whatever value: no form of another page can send it.");
        }

        return request.HasJsonContentType()
            ? null
            : new(StatusCodes.Status415UnsupportedMediaType, "not-json", "An order is sent as application/json.");
    }

    /// <summary>The rest of it is looked at by whoever carries it out.</summary>
    private static Refusal? RefusalOf(ReadOnlySpan<byte> order)
    {
        try
        {
            var reader = new Utf8JsonReader(order);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("do", out var verb)
                && verb.ValueKind == JsonValueKind.String && _verbs.Contains(verb.GetString()))
            {
                return null;
            }
        }
        catch (JsonException)
        {
            // Refused with the same sentence.
        }

        return Refusal.Invalid("An order is a JSON object whose \"do\" is pause, resume, restart or cancel, such as {\"do\":\"pause\",\"methods\":\"Shop.*\"}.");
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sitters.AspNetCore.Web;

/// <summary>Why something was not done, in a word for programs and a sentence for people.</summary>
internal sealed record Refusal(int Status, string Error, string Message)
{
    public static Refusal Invalid(string message) => new(StatusCodes.Status400BadRequest, "invalid", message);

    /// <summary>The refusal that the last line of an answer of the process is; null if it is none.</summary>
    public static Refusal? In(JsonElement end)
    {
        if (!end.TryGetProperty("error", out var error))
        {
            return null;
        }

        var kind = error.GetString()!;
        var status = kind switch
        {
            "busy" => StatusCodes.Status503ServiceUnavailable,
            "failed" => StatusCodes.Status500InternalServerError,
            "expired" or "ambiguous" => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status400BadRequest,
        };
        return new(status, kind, end.GetProperty("message").GetString()!);
    }

    public Task Send(HttpContext context)
    {
        context.Response.StatusCode = Status;
        return JsonBody.Send(context, WriteTo);
    }

    private void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("error", Error);
        writer.WriteString("message", Message);
        writer.WriteEndObject();
    }
}

using Microsoft.AspNetCore.Http;

namespace Sitters.AspNetCore.Web;

/// <summary>Who looks.</summary>
internal static class Visitor
{
    /// <summary>The name that the user is signed in with.</summary>
    public static string? NameOf(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? name : null;

    /// <summary>Who is said to have done something: the user, else the address that the request came from.</summary>
    public static string IdentityOf(HttpContext context) => NameOf(context) ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Sitters.AspNetCore.Web;

/// <summary>
/// Whether a request comes from a page of another origin, in the browser of a user who may be signed in here. A browser says where a request comes
/// from in headers that no script can set; whoever is no browser carries nobody's cookies by accident.
/// </summary>
internal static class Origin
{
    /// <summary>A header that an order has to have: a page of another origin can't send it without being asked first.</summary>
    public const string OwnHeader = "Sitters-Request";

    public static bool IsForeign(HttpRequest request)
    {
        // Sent by browsers to https and to localhost: also right behind a proxy that names another host to the application.
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site != "same-origin" && site != "none";
        }

        return request.Headers.TryGetValue(HeaderNames.Origin, out var origin) && !IsOf(origin.ToString(), request.Host);
    }

    /// <summary>The scheme is left out, as TLS mostly ends before the application.</summary>
    private static bool IsOf(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, AuthorityOf(host, uri.Scheme), StringComparison.OrdinalIgnoreCase);

    private static string? AuthorityOf(HostString host, string scheme) =>
        host.HasValue && Uri.TryCreate($"{scheme}://{host.ToUriComponent()}", UriKind.Absolute, out var uri) ? uri.Authority : null;
}

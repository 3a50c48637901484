using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sitters.AspNetCore.Guarding;
using Sitters.AspNetCore.Live;

namespace Sitters.AspNetCore.Web;

/// <summary>What lies below the address of the page.</summary>
internal sealed class PageEndpoints(SittersPageOptions options, PageMark mark, IServiceProvider services)
{
    private readonly Asset _page = new("page.html", "text/html; charset=utf-8");

    public void MapTo(RouteGroupBuilder group)
    {
        group.WithMetadata(mark, new OutputCacheAttribute { NoStore = true }).ExcludeFromDescription();
        Get("", SendPage);
        Get("page.css", new Asset("page.css", "text/css; charset=utf-8").Send);
        Get("page.js", new Asset("page.js", "text/javascript; charset=utf-8").Send);
        Get("icon.svg", new Asset("icon.svg", "image/svg+xml").Send);
        Get("calls", OfThisOrigin(context => CallList.Send("ps", context)));
        Get("tree", OfThisOrigin(context => CallList.Send("tree", context)));
        Get("events", OfThisOrigin(Events().Send)).DisableRequestTimeout();
        group.MapPost("control", Guarded(OfThisOrigin(new Control(options).Send))).WithDisplayName("Sitters: control");

        IEndpointConventionBuilder Get(string name, RequestDelegate handler) =>
            group.MapGet(name, Guarded(handler)).WithDisplayName($"Sitters: {(name.Length == 0 ? "page" : name)}");
    }

    private EventStream Events() =>
        new(new About(options), new Feed(options.Interval), services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None);

    /// <summary>The application should not have started without a guard; here nobody gets past it in any case.</summary>
    private RequestDelegate Guarded(RequestDelegate handler) => context =>
    {
        SafeHeaders.Set(context.Response);
        return context.GetEndpoint() is { } endpoint && Guard.Stands(endpoint.Metadata)
            ? handler(context)
            : new Refusal(StatusCodes.Status403Forbidden, "unguarded", Guard.WhatToWrite(mark.Pattern)).Send(context);
    };

    /// <summary>Whatever the application's CORS policy lets others do elsewhere.</summary>
    private static RequestDelegate OfThisOrigin(RequestDelegate handler) => context => Origin.IsForeign(context.Request)
        ? new Refusal(
            StatusCodes.Status403Forbidden,
            "foreign",
            "This comes from a page of another origin. Behind a proxy without TLS that changes the host, let it pass the host on, or add UseForwardedHeaders() with " +
            "XForwardedHost.").Send(context)
        : handler(context);

    /// <summary>All addresses in the page are relative to one that ends with a slash, so that they hold behind any proxy.</summary>
    private Task SendPage(HttpContext context)
    {
        var path = (context.Request.PathBase + context.Request.Path).ToUriComponent();
        if (path.EndsWith('/'))
        {
            return _page.Send(context);
        }

        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = $"./{path[(path.LastIndexOf('/') + 1)..]}/{context.Request.QueryString.ToUriComponent()}";
        return Task.CompletedTask;
    }
}

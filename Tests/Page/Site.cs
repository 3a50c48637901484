using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sitters.AspNetCore;

namespace Tests.Page;

/// <summary>An application with the page, in memory.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Site(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>An application that is about to start. Whoever sends the header "User" is that user.</summary>
    public static WebApplication Build(string environment = "Production", Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = "Shop" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication("Header").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("Header", null);
        builder.Services.AddAuthorization().AddCors();
        configure?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Starts one with the page at /sitters, where everybody may do everything unless it is told otherwise.</summary>
    public static async Task<Site> Start(
        Action<SittersPageOptions>? options = null,
        Action<IEndpointConventionBuilder>? guard = null,
        Action<WebApplication>? configure = null,
        string environment = "Development",
        Func<IEndpointRouteBuilder, IEndpointRouteBuilder>? within = null)
    {
        var app = Build(environment);
        configure?.Invoke(app);
        var page = (within?.Invoke(app) ?? app).MapSitters("/sitters", options);
        (guard ?? (static it => it.AllowAnonymous()))(page);
        await app.StartAsync();
        return new Site(app);
    }

    public async Task<JsonElement> Get(string address) => await Client.GetFromJsonAsync<JsonElement>($"/sitters/{address}");

    /// <summary>An order as the page sends it.</summary>
    public static HttpRequestMessage Order(object order) => new(HttpMethod.Post, "/sitters/control")
    {
        Content = JsonContent.Create(order),
        Headers = { { "Sitters-Request", "test" } },
    };

    public Task<HttpResponseMessage> Send(object order) => Client.SendAsync(Order(order));

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["User"].ToString() is not { Length: > 0 } user)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, user)], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}

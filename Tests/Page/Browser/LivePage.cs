using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Sitters.AspNetCore;

namespace Tests.Page.Browser;

/// <summary>This process with the page, on a port of its own, and a browser that has it open.</summary>
internal sealed class LivePage : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IBrowserContext _context;

    private LivePage(WebApplication app, IBrowserContext context, IPage page)
    {
        _app = app;
        _context = context;
        Page = page;
        Page.PageError += (_, error) => Errors.Add(error);
        Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Errors.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What went wrong in the browser: exceptions, and what its policy for the page forbade.</summary>
    public List<string> Errors { get; } = [];

    public string Address => AddressOf(_app);

    public ILocator Rows => Page.Locator(".row:visible");

    public ILocator Dialog => Page.Locator("#ask");

    public ILocator Said => Page.Locator("#said");

    public static async Task<LivePage> Open(
        Action<SittersPageOptions>? options = null, BrowserNewContextOptions? browser = null, Action<WebApplication>? configure = null, string path = "/sitters")
    {
        var chromium = Chromium.Instance;
        var app = await Serve("http://127.0.0.1:0", options, configure);
        var context = await chromium.NewContextAsync(browser);
        context.SetDefaultTimeout((float)Stage.Patience.TotalMilliseconds);
        var live = new LivePage(app, context, await context.NewPageAsync());
        await live.Page.GotoAsync(live.Address + path);
        await Assertions.Expect(live.Page.Locator("#link")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^live"));
        return live;
    }

    public static async Task<WebApplication> Serve(string address, Action<SittersPageOptions>? options = null, Action<WebApplication>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "Shop" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        configure?.Invoke(app);
        app.MapSitters(it =>
        {
            it.Interval = TimeSpan.FromSeconds(0.2);
            options?.Invoke(it);
        }).AllowAnonymous();
        await app.StartAsync();
        return app;
    }

    public static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public Task Stop() => _app.StopAsync();

    /// <summary>The row of the one call of that method.</summary>
    public ILocator Row(string method) => Page.Locator($".row[data-method=\"{method}\"]:visible");

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _app.DisposeAsync();
    }
}

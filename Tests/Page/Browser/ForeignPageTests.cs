using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sitters;

namespace Tests.Page.Browser;

/// <summary>A page of another origin, in the same browser, does its worst.</summary>
internal sealed class ForeignPageTests : BrowserFixture
{
    [TestCase("a form", """
        const form = document.body.appendChild(Object.assign(document.createElement("form"), { method: "post", action: address, enctype: "text/plain", target: "frame" }));
        form.append(Object.assign(document.createElement("input"), { name: '{"do":"cancel","reason":"', value: '"}' }));
        form.submit();
        """)]
    [TestCase("a request that needs no question", """
        await fetch(address, { method: "POST", mode: "no-cors", credentials: "include", headers: { "Content-Type": "text/plain" }, body: '{"do":"cancel"}' }).catch(() => {});
        """)]
    [TestCase("a request as the page sends it", """
        await fetch(address, { method: "POST", credentials: "include", headers: { "Content-Type": "application/json", "Sitters-Request": "page" }, body: '{"do":"cancel"}' }).catch(() => {});
        """)]
    public async Task nothing_changes(string name, string script)
    {
        Assert.That(name, Is.Not.Empty);
        var job = Sync("north");
        var answer = new TaskCompletionSource<int>();
        await using var live = await LivePage.Open(configure: app => app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Request.Path.Value!.EndsWith("/control", StringComparison.Ordinal))
            {
                answer.TrySetResult(context.Response.StatusCode);
            }
        }));
        await using var foreign = await ServeForeignPage();

        await live.Page.GotoAsync(LivePage.AddressOf(foreign));
        await live.Page.EvaluateAsync($$"""async address => { {{script}} }""", $"{live.Address.Replace("127.0.0.1", "localhost")}/sitters/control");

        Assert.That(await answer.Task.InTime(), Is.GreaterThanOrEqualTo(400));
        Assert.That(job.IsCompleted, Is.False);
        Assert.That(Sitter.ActiveCalls.Single().Interrupt, Is.EqualTo(SitInterrupt.None));
    }

    [Test]
    public async Task the_page_is_shown_in_no_frame()
    {
        await using var live = await Open();
        await using var foreign = await ServeForeignPage();
        await live.Page.GotoAsync(LivePage.AddressOf(foreign));

        await live.Page.EvaluateAsync("address => { document.querySelector('iframe').src = address; }", $"{live.Address}/sitters/");

        var frame = live.Page.Frames.Single(it => it != live.Page.MainFrame);
        await frame.WaitForLoadStateAsync();
        Assert.That(await frame.Locator("#title").CountAsync(), Is.Zero);
    }

    private static async Task<WebApplication> ServeForeignPage()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<!DOCTYPE html><title>elsewhere</title><iframe name=frame></iframe>");
        });
        await app.StartAsync();
        return app;
    }
}

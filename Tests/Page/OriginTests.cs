using System.Net;
using System.Net.Http.Headers;
using AssemblyToProcess.Life;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Sitters;

namespace Tests.Page;

/// <summary>A request that comes from a page of another origin changes nothing, and reads nothing.</summary>
internal sealed class OriginTests : ControllerFixture
{
    [TestCase("cross-site")]
    [TestCase("same-site")]
    public async Task what_a_browser_sends_from_another_site_is_refused(string site)
    {
        await using var page = await Site.Start();
        var order = Site.Order(new { @do = "pause" });
        order.Headers.Add("Sec-Fetch-Site", site);

        await IsRefused(await page.Client.SendAsync(order), "another origin");
    }

    [TestCase("http://evil.example")]
    [TestCase("http://localhost:8080")]
    [TestCase("http://localhost.evil.example")]
    [TestCase("null")]
    public async Task what_an_older_browser_sends_from_another_origin_is_refused(string origin)
    {
        await using var page = await Site.Start();
        var order = Site.Order(new { @do = "pause" });
        order.Headers.TryAddWithoutValidation("Origin", origin);

        await IsRefused(await page.Client.SendAsync(order), "another origin");
    }

    [Test]
    public async Task what_a_form_can_send_is_refused([Values("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", null)] string? type)
    {
        await using var page = await Site.Start();
        var order = Site.Order(new { @do = "pause" });
        order.Content!.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);

        var answer = await page.Client.SendAsync(order);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(Sitter.IsPaused, Is.False);
    }

    [Test]
    public async Task what_does_not_have_the_pages_own_header_is_refused()
    {
        await using var page = await Site.Start();
        var order = Site.Order(new { @do = "pause" });
        order.Headers.Remove("Sitters-Request");

        await IsRefused(await page.Client.SendAsync(order), "Sitters-Request");
    }

    [Test]
    public async Task a_policy_of_the_application_that_lets_every_origin_in_does_not_hold_for_the_page([Values("control", "calls", "tree", "events")] string address)
    {
        await using var page = await Site.Start(configure: app => app.UseCors(policy => policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod()));
        var request = address == "control" ? Site.Order(new { @do = "pause" }) : new HttpRequestMessage(HttpMethod.Get, $"/sitters/{address}");
        request.Headers.Add("Origin", "https://evil.example");

        await IsRefused(await page.Client.SendAsync(request), "another origin");
    }

    [TestCase("Sec-Fetch-Site", "same-origin", "http://localhost")]
    [TestCase("Sec-Fetch-Site", "same-origin", "https://ops.example", Description = "behind a proxy with TLS")]
    [TestCase("Via", "", "http://localhost", Description = "an older browser")]
    [TestCase("Via", "", "https://localhost", Description = "TLS ends at the proxy")]
    [TestCase("Via", "", null, Description = "no browser")]
    public async Task what_comes_from_the_page_itself_is_carried_out(string header, string value, string? origin)
    {
        var call = Set<Steered>().Sync();
        await using var page = await Site.Start();
        var order = Site.Order(new { @do = "cancel" });
        order.Headers.TryAddWithoutValidation(header, value);
        if (origin is not null)
        {
            order.Headers.Add("Origin", origin);
        }

        Assert.That((await page.Client.SendAsync(order)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await call.EndInTime();
    }

    [Test]
    public async Task a_proxy_may_name_another_host_where_the_application_heeds_what_it_forwards()
    {
        await using var page = await Site.Start(configure: app => app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedHost }));
        var order = Site.Order(new { @do = "cancel" });
        order.Headers.Add("Origin", "http://ops.example");
        order.Headers.Add("X-Forwarded-Host", "ops.example");

        Assert.That((await page.Client.SendAsync(order)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static async Task IsRefused(HttpResponseMessage answer, string why)
    {
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(why));
        Assert.That(Sitter.IsPaused, Is.False);
    }
}

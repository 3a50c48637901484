using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Sitters;
using Sitters.AspNetCore;

namespace Tests.Page;

/// <summary>What <see cref="SittersPageOptions"/> mean.</summary>
internal sealed class OptionTests : ControllerFixture
{
    [Test]
    public async Task a_read_only_page_refuses_orders_with_a_sentence_and_does_nothing()
    {
        await using var site = await Site.Start(options => options.ReadOnly = true);

        var answer = await site.Send(new { @do = "pause" });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("read-only").And.Contain("ReadOnly = false"));
        Assert.That(Sitter.IsPaused, Is.False);
    }

    [TestCase("Development", false)]
    [TestCase("Staging", true)]
    [TestCase("Production", true)]
    public async Task the_page_is_read_only_by_itself_everywhere_but_in_development(string environment, bool isReadOnly)
    {
        var options = default(SittersPageOptions);
        await using var site = await Site.Start(it => options = it, environment: environment);

        Assert.That(options!.ReadOnly, Is.EqualTo(isReadOnly));
        Assert.That((await site.Send(new { @do = "cancel" })).StatusCode, Is.EqualTo(isReadOnly ? HttpStatusCode.Forbidden : HttpStatusCode.OK));
    }

    [Test]
    public async Task the_title_names_the_application()
    {
        var options = default(SittersPageOptions);
        await using var site = await Site.Start(it => options = it);

        Assert.That(options!.Title, Is.EqualTo("Sitters: Shop"));
    }

    [Test]
    public void an_interval_that_would_harm_is_refused([Values(0, 0.05, -1, 61)] double seconds)
    {
        var options = new SittersPageOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.Interval = TimeSpan.FromSeconds(seconds));
        Assert.That(options.Interval, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task two_pages_of_one_application_have_options_of_their_own()
    {
        await using var app = Site.Build();
        app.MapSitters("/see").AllowAnonymous();
        app.MapSitters("/steer", options => options.ReadOnly = false).AllowAnonymous();
        await app.StartAsync();
        using var client = app.GetTestClient();

        var see = Site.Order(new { @do = "cancel" });
        see.RequestUri = new Uri("/see/control", UriKind.Relative);
        var steer = Site.Order(new { @do = "cancel" });
        steer.RequestUri = new Uri("/steer/control", UriKind.Relative);
        Assert.That((await client.SendAsync(see)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await client.SendAsync(steer)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}

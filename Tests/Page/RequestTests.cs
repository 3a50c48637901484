using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AssemblyToProcess.Life;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Shop;
using Shop.Jobs;
using Sitters;

namespace Tests.Page;

/// <summary>What the addresses below the page give and take.</summary>
internal sealed class RequestTests : ControllerFixture
{
    private static IEnumerable<string> Assets => ["", "page.js", "page.css", "icon.svg"];

    [Test]
    public async Task the_page_and_what_it_is_made_of_come_from_here_alone_and_are_kept_nowhere([ValueSource(nameof(Assets))] string address)
    {
        await using var site = await Site.Start();

        var answer = await site.Client.GetAsync($"/sitters/{address}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var policy = string.Join("; ", answer.Headers.GetValues("Content-Security-Policy"));
        Assert.That(policy, Does.StartWith("default-src 'none'; script-src 'self'; ").And.Contain("frame-ancestors 'none'").And.Contain("require-trusted-types-for 'script'"));
        Assert.That(policy, Does.Not.Contain("unsafe").And.Not.Contain("http"));
        Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Match("""(src|href|url|fetch|from)\s*[=(]?\s*["'`](/|https?:)"""));
    }

    [Test]
    public void the_page_puts_nothing_in_as_markup() =>
        Assert.That(File.ReadAllText(Repository.PathOf("Sitters.AspNetCore", "Assets", "page.js")), Does.Not.Match("innerHTML|outerHTML|insertAdjacentHTML|document.write|eval\\("));

    [TestCase("/sitters", "./sitters/")]
    [TestCase("/sitters?a=b", "./sitters/?a=b")]
    public async Task the_address_without_a_slash_leads_to_the_one_with_it_which_is_written_so_that_it_holds_behind_any_proxy(string address, string location)
    {
        await using var site = await Site.Start(configure: app => app.UsePathBase("/base"));

        Assert.That(await Location(address), Is.EqualTo(location));
        Assert.That(await Location($"/base{address}"), Is.EqualTo(location));
        Assert.That((await site.Client.GetAsync("/base/sitters/")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        async Task<string?> Location(string from) => (await site.Client.GetAsync(from)).Headers.Location?.OriginalString;
    }

    [Test]
    public async Task the_page_can_be_the_root_of_an_application()
    {
        await using var app = Site.Build();
        app.MapSitters("/").AllowAnonymous();
        await app.StartAsync();
        using var client = app.GetTestClient();

        Assert.That(await client.GetStringAsync("/"), Does.Contain("page.js"));
        Assert.That((await client.GetFromJsonAsync<JsonElement>("/calls")).GetProperty("calls").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task the_calls_are_listed_as_the_address_chooses()
    {
        var subject = Set<Steered>();
        var calls = new[] { subject.Sync(), subject.Load() };
        await using var site = await Site.Start();

        var all = await site.Get("calls");
        Assert.That(Methods(all), Is.EquivalentTo(new[] { Call("Sync").MethodName, Call("Load").MethodName }));
        Assert.That(all.GetProperty("paused").GetBoolean(), Is.False);
        Assert.That(Methods(await site.Get("calls?methods=*.Load")), Is.EqualTo(new[] { Call("Load").MethodName }));
        Assert.That(Methods(await site.Get($"calls?call={Call("Sync").Id}&call={Call("Load").Id}")), Has.Exactly(2).Items);
        Assert.That(Methods(await site.Get("calls?olderThan=3600")), Is.Empty);
        var limited = await site.Get("calls?limit=1");
        Assert.That(Methods(limited), Has.One.Items);
        Assert.That(limited.GetProperty("total").GetInt32(), Is.EqualTo(2));
        Assert.That(Methods(await site.Get($"tree?call={Call("Sync").Id}")), Is.EqualTo(new[] { Call("Sync").MethodName }));
        Stage.OpenAll();
        await Task.WhenAll(calls).InTime();
    }

    [Test]
    public async Task a_call_whose_methods_stand_in_one_another_deeper_than_json_mostly_is_can_be_seen()
    {
        var outside = new Outside();
        var job = new Catalogue(outside).Read(80);
        await using var site = await Site.Start();

        using var answer = JsonDocument.Parse(await site.Client.GetStringAsync("/sitters/tree"), new JsonDocumentOptions { MaxDepth = 1000 });

        var (depth, waits) = (0, answer.RootElement.GetProperty("calls")[0].GetProperty("waits"));
        while (waits[0].TryGetProperty("children", out waits))
        {
            depth++;
        }

        Assert.That(depth, Is.GreaterThanOrEqualTo(80));
        outside.Open();
        await job.InTime();
    }

    [Test]
    public async Task what_an_address_can_not_mean_is_refused_with_a_sentence([Values("calls?state=asleep", "calls?method=a", "tree?limit=none", "tree?olderThan=long")] string address)
    {
        await using var site = await Site.Start();

        var answer = await site.Client.GetAsync($"/sitters/{address}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString(), Does.EndWith("."));
    }

    [Test]
    public async Task an_order_reaches_the_calls_that_it_names_and_says_how_many()
    {
        var subject = Set<Steered>();
        var sync = subject.Sync();
        var load = subject.Load();
        await using var site = await Site.Start();

        var answer = await site.Send(new { @do = "cancel", call = new[] { Call("Sync").Id }, reason = "it hangs" });

        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("calls").GetInt32(), Is.EqualTo(1));
        Assert.That(await sync.InTime(), Is.Null);
        Assert.That(load.IsCompleted, Is.False);
        Stage.OpenAll();
        await load.InTime();
    }

    [Test]
    public async Task a_dry_run_counts_and_does_nothing()
    {
        var call = Set<Steered>().Sync();
        await using var site = await Site.Start();

        var answer = await (await site.Send(new { @do = "cancel", dryRun = true })).Content.ReadFromJsonAsync<JsonElement>();

        Assert.That(answer.GetProperty("calls").GetInt32(), Is.EqualTo(1));
        Stage.OpenAll();
        Assert.That(await call.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task the_user_is_who_did_it_whatever_the_order_says([Values("anna", null)] string? user)
    {
        var call = Set<Steered>().Sync();
        await using var site = await Site.Start();
        var order = Site.Order(new { @do = "pause", methods = "*.Sync", reason = "a\nb", identity = "somebody else" });
        order.Headers.Add("User", user ?? "");

        await site.Client.SendAsync(order);

        var control = Call("Sync").LastControl!;
        Assert.That(control.Identity, Is.EqualTo(user ?? "unknown"));
        Assert.That(control.Source, Is.EqualTo(SitControlSource.Page));
        Assert.That(control.Reason, Is.EqualTo("a\nb"));
        Assert.That((await site.Send(new { @do = "resume", methods = "*.Sync" })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Stage.OpenAll();
        await call.InTime();
    }

    [Test]
    public async Task the_same_order_sent_twice_acts_once()
    {
        await using var site = await Site.Start();
        await site.Send(new { id = "once", @do = "pause", methods = "*.Nothing" });
        await site.Send(new { @do = "resume", methods = "*.Nothing" });

        var again = await (await site.Send(new { id = "once", @do = "pause", methods = "*.Nothing" })).Content.ReadFromJsonAsync<JsonElement>();

        Assert.That(again.GetProperty("repeated").GetBoolean(), Is.True);
    }

    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"do":1}""")]
    [TestCase("""{"do":"ps"}""")]
    [TestCase("""{"do":"config"}""")]
    [TestCase("""{"do":"pause","method":"misspelt"}""")]
    [TestCase("""{"do":"pause","call":"x"}""")]
    [TestCase("""{"do":"pause","do":"resume"}""")]
    [TestCase("""{"do":"pause","for":-1}""")]
    [TestCase("""{"do":"pause"} {"do":"pause"}""")]
    public async Task what_is_no_order_is_refused_with_a_sentence_and_does_nothing(string body)
    {
        await using var site = await Site.Start();

        await IsRefused(site, body);
    }

    [Test]
    public async Task an_endless_order_is_refused_and_does_nothing([Values(70_000, 5_000_000)] int length)
    {
        await using var site = await Site.Start();

        await IsRefused(site, $$"""{"do":"pause","reason":"{{new string('x', length)}}"}""");
    }

    private static async Task IsRefused(Site site, string body)
    {
        using var order = Site.Order(0);
        order.Content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await site.Client.SendAsync(order);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString(), Has.Length.GreaterThan(20));
        Assert.That(Sitter.IsPaused, Is.False);
    }

    private static IEnumerable<string?> Methods(JsonElement answer) =>
        answer.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("method").GetString()).ToArray();
}

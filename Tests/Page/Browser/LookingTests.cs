using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Sitters;
using static Microsoft.Playwright.Assertions;

namespace Tests.Page.Browser;

/// <summary>What the page shows.</summary>
internal sealed class LookingTests : BrowserFixture
{
    [Test]
    public async Task a_call_is_there_with_its_state_its_method_its_attempt_and_its_age()
    {
        _ = Stock();
        await using var live = await Open();

        var row = live.Row("Shop.Jobs.Stock.Count");
        await Expect(row.Locator(".state")).ToHaveTextAsync("Running");
        await Expect(row.Locator(".what b")).ToHaveTextAsync("Stock.Count");
        await Expect(row.Locator(".try")).ToHaveTextAsync("3");
        await Expect(row.Locator(".age")).ToHaveTextAsync(new Regex(@"^\d+\.\d s$"));
        Assert.That(live.Errors, Is.Empty);
    }

    [Test]
    public async Task calls_come_and_go_by_themselves_and_the_number_of_each_state_is_told()
    {
        await using var live = await Open();
        await Expect(live.Page.Locator("#empty")).ToHaveTextAsync("No sat call is active.");

        var job = Sync("north");
        await Expect(live.Rows).ToHaveCountAsync(1);
        _ = Mail("weekly@shop.example");
        Sitter.Pause("Shop.Jobs.Mail.*");

        await Expect(live.Page.Locator("#states button:visible")).ToHaveTextAsync(["All 2", "Running 1", "Paused 1"]);
        Sitter.Cancel("Shop.Jobs.Sync.*");
        await job.InTime();
        await Expect(live.Rows).ToHaveCountAsync(1);
        Sitter.Resume("Shop.Jobs.Mail.*");
    }

    [Test]
    public async Task a_call_opens_to_all_that_it_stands_at_with_the_calls_in_it()
    {
        _ = Invoices();
        await using var live = await Open();

        await live.Row("Shop.Jobs.Invoices.PrintAll").Locator(".what").ClickAsync();

        var tree = live.Page.Locator("#details-tree");
        await Expect(tree.Locator("li")).ToHaveCountAsync(4);
        await Expect(tree.Locator("ul ul > li b").Filter(new() { HasText = "Shop.Jobs.Mail.Send" })).ToHaveCountAsync(2);
    }

    [Test]
    public async Task what_was_done_is_told_with_who_did_it_and_why()
    {
        _ = Sync("north");
        await using var live = await Open();

        Sitter.Pause("Shop.Jobs.Sync.*", new SitControl { Reason = "the database is being moved", Identity = "anna" });

        await Expect(live.Page.Locator("#log-list li").First).ToContainTextAsync("Pause of Shop.Jobs.Sync.*: 1 call, Code, anna, the database is being moved");
        await Expect(live.Row("Shop.Jobs.Sync.Run").Locator(".what small")).ToContainTextAsync("anna, the database is being moved");
        Sitter.Resume("Shop.Jobs.Sync.*");
    }

    [Test]
    public async Task that_everything_is_paused_stands_at_the_top()
    {
        _ = Sync("north");
        await using var live = await Open();
        await Expect(live.Page.Locator("#paused")).ToBeHiddenAsync();

        Sitter.Pause();
        await Expect(live.Page.Locator("#paused")).ToBeVisibleAsync();

        Sitter.Resume();
        await Expect(live.Page.Locator("#paused")).ToBeHiddenAsync();
    }

    [Test]
    public async Task a_filter_leaves_the_calls_that_have_its_text_and_a_state_those_that_are_in_it()
    {
        _ = Sync("north");
        _ = Mail("weekly@shop.example");
        Sitter.Pause("Shop.Jobs.Mail.*");
        await using var live = await Open();

        await live.Page.FillAsync("#filter", "sync");
        await Expect(live.Rows).ToHaveCountAsync(1);
        await Expect(live.Row("Shop.Jobs.Sync.Run")).ToBeVisibleAsync();
        await live.Page.FillAsync("#filter", "");
        await live.Page.ClickAsync("#states button:has-text('Paused')");

        await Expect(live.Rows).ToHaveCountAsync(1);
        await Expect(live.Row("Shop.Jobs.Mail.Send")).ToBeVisibleAsync();
        Sitter.Resume("Shop.Jobs.Mail.*");
    }

    [Test]
    public async Task text_of_the_process_is_never_taken_for_markup()
    {
        const string Hostile = "<img src=x onerror=\"document.title='broken in'\"></script><b>";
        _ = Sync("north");
        await using var live = await LivePage.Open(options => options.Title = Hostile);

        Sitter.Pause("Shop.Jobs.Sync.*", new SitControl { Reason = Hostile, Identity = Hostile });

        await Expect(live.Page.Locator("#log-list li").First).ToContainTextAsync(Hostile);
        await Expect(live.Page.Locator("#title")).ToHaveTextAsync(Hostile);
        await Expect(live.Row("Shop.Jobs.Sync.Run")).ToContainTextAsync(Hostile);
        Assert.That(await live.Page.Locator("img").CountAsync(), Is.Zero);
        Assert.That(await live.Page.TitleAsync(), Is.EqualTo(Hostile));
        Assert.That(live.Errors, Is.Empty);
        Sitter.Resume("Shop.Jobs.Sync.*");
    }

    [Test]
    public async Task the_page_works_below_the_base_of_a_proxy()
    {
        _ = Sync("north");
        await using var live = await LivePage.Open(configure: app => app.UsePathBase("/ops"), path: "/ops/sitters");

        await Expect(live.Row("Shop.Jobs.Sync.Run")).ToBeVisibleAsync();
        Assert.That(live.Page.Url, Does.EndWith("/ops/sitters/"));
        Assert.That(live.Errors, Is.Empty);
    }

    [Test]
    public async Task a_process_that_goes_is_said_to_be_gone_and_found_again_when_it_is_back()
    {
        _ = Sync("north");
        await using var live = await Open();
        var address = live.Address;
        await Expect(live.Rows).ToHaveCountAsync(1);

        await live.Stop();
        await Expect(live.Page.Locator("#link")).ToHaveTextAsync("not connected");
        await Expect(live.Page.Locator("#lost")).ToContainTextAsync("Trying again");
        _ = Mail("weekly@shop.example");
        await using var back = await LivePage.Serve(address);

        await Expect(live.Page.Locator("#lost")).ToBeHiddenAsync();
        await Expect(live.Page.Locator("#link")).ToHaveTextAsync("live");
        await Expect(live.Rows).ToHaveCountAsync(2);
    }

    [Test]
    public async Task one_who_is_not_signed_in_any_more_is_told_so()
    {
        using var end = new CancellationTokenSource();
        await using var live = await LivePage.Open(configure: app => app.Use(async (context, next) =>
        {
            if (end.IsCancellationRequested)
            {
                context.Response.StatusCode = 401;
                return;
            }

            using var registration = end.Token.Register(context.Abort);
            await next(context);
        }));

        await end.CancelAsync();

        await Expect(live.Page.Locator("#lost")).ToContainTextAsync("Load the page again to sign in.");
    }

    [Test]
    public async Task a_read_only_page_has_nothing_to_act_with()
    {
        _ = Sync("north");
        await using var live = await LivePage.Open(options => options.ReadOnly = true);

        await Expect(live.Row("Shop.Jobs.Sync.Run")).ToBeVisibleAsync();
        await live.Row("Shop.Jobs.Sync.Run").Locator(".what").ClickAsync();

        Assert.That(await live.Page.Locator("[data-verb]:visible").CountAsync(), Is.Zero);
        await live.Page.Keyboard.PressAsync("c");
        await Expect(live.Dialog).ToBeHiddenAsync();
    }
}

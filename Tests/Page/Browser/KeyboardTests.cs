using Sitters;
using static Microsoft.Playwright.Assertions;

namespace Tests.Page.Browser;

/// <summary>All of it works without a mouse.</summary>
internal sealed class KeyboardTests : BrowserFixture
{
    [Test]
    public async Task one_call_is_paused_by_keys_alone()
    {
        _ = Sync("north");
        await using var live = await Open();
        await Expect(live.Rows).ToHaveCountAsync(1);
        _ = Mail("weekly@shop.example");
        await Expect(live.Rows).ToHaveCountAsync(2);
        await live.Page.Locator("#grid").FocusAsync();

        await Keys(live, "Home", "ArrowDown", "p");
        await Expect(live.Page.Locator("#ask-reason")).ToBeFocusedAsync();
        await Expect(live.Page.Locator("#ask-go")).ToHaveTextAsync("Pause 1 call");
        await live.Page.Keyboard.TypeAsync("by keys");
        await Keys(live, "Enter");

        await Expect(live.Row("Shop.Jobs.Mail.Send").Locator(".state")).ToHaveTextAsync("Paused");
        Assert.That(Call("Shop.Jobs.Mail.Send").LastControl!.Reason, Is.EqualTo("by keys"));
        Assert.That(Call("Shop.Jobs.Sync.Run").State, Is.EqualTo(SitState.Running));
        await Expect(live.Page.Locator("#grid")).ToBeFocusedAsync();
        await Keys(live, "r");
        await Expect(live.Page.Locator("#ask-go")).ToHaveTextAsync("Resume 1 call");
        await Keys(live, "Enter");
        await Expect(live.Row("Shop.Jobs.Mail.Send").Locator(".state")).ToHaveTextAsync("Running");
    }

    [Test]
    public async Task the_row_that_the_keys_act_on_is_told_to_who_sees_and_to_who_hears()
    {
        _ = Sync("north");
        _ = Sync("south");
        await using var live = await Open();
        await Expect(live.Rows).ToHaveCountAsync(2);
        await live.Page.Locator("#filter").FocusAsync();

        // By the Tab key, as someone without a mouse comes there.
        for (var i = 0; i < 20 && await live.Page.EvaluateAsync<string>("document.activeElement.id") != "grid"; i++)
        {
            await Keys(live, "Tab");
        }

        await Keys(live, "End");
        var active = live.Page.Locator(".row.is-active");
        await Expect(active).ToHaveCountAsync(1);
        Assert.That(await live.Page.GetAttributeAsync("#grid", "aria-activedescendant"), Is.EqualTo(await active.GetAttributeAsync("id")));
        Assert.That(await active.GetAttributeAsync("aria-rowindex"), Is.EqualTo("3"));
        Assert.That(await active.EvaluateAsync<string>("row => getComputedStyle(row).outlineStyle"), Is.EqualTo("solid"));
    }

    [Test]
    public async Task calls_are_marked_and_cancelled_by_keys_alone()
    {
        var jobs = new[] { Sync("north"), Sync("south") };
        await using var live = await Open();
        await Expect(live.Rows).ToHaveCountAsync(2);
        _ = Mail("weekly@shop.example");
        await Expect(live.Rows).ToHaveCountAsync(3);
        await live.Page.Locator("#grid").FocusAsync();

        await Keys(live, "Home", " ", "ArrowDown", " ", "c");
        await Expect(live.Page.Locator("#ask-go")).ToHaveTextAsync("Cancel 2 calls");
        await Keys(live, "Enter");

        await Task.WhenAll(jobs).InTime();
        await Expect(live.Rows).ToHaveCountAsync(1);
    }

    [Test]
    public async Task enter_opens_a_call_escape_closes_it_and_the_keys_are_listed()
    {
        _ = Sync("north");
        await using var live = await Open();
        await Expect(live.Rows).ToHaveCountAsync(1);
        await live.Page.Locator("#grid").FocusAsync();

        await Keys(live, "Enter");
        await Expect(live.Page.Locator("#details")).ToBeVisibleAsync();
        await Keys(live, "Escape");
        await Expect(live.Page.Locator("#details")).ToBeHiddenAsync();
        await Keys(live, "?");
        await Expect(live.Page.Locator("#help")).ToContainTextAsync("pause the marked calls, or this one");
        await Keys(live, "Escape");
        await Keys(live, "/");
        await Expect(live.Page.Locator("#filter")).ToBeFocusedAsync();

        // What is typed there is text.
        await Keys(live, "c");
        await Expect(live.Dialog).ToBeHiddenAsync();
    }

    private static async Task Keys(LivePage live, params string[] keys)
    {
        foreach (var key in keys)
        {
            await live.Page.Keyboard.PressAsync(key);
        }
    }
}

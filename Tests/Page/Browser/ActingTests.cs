using Microsoft.Playwright;
using Sitters;
using static Microsoft.Playwright.Assertions;

namespace Tests.Page.Browser;

/// <summary>What is done on the page happens in the process.</summary>
internal sealed class ActingTests : BrowserFixture
{
    [Test]
    public async Task one_call_is_paused_and_resumed_by_the_buttons_of_its_row()
    {
        _ = Sync("north");
        _ = Mail("weekly@shop.example");
        await using var live = await Open();
        var row = live.Row("Shop.Jobs.Sync.Run");

        await Press(row, "pause");
        await live.Page.FillAsync("#ask-reason", "it is in the way");
        await Confirm(live, "Pause 1 call");

        await Expect(live.Said).ToHaveTextAsync("Paused 1 call.");
        await Expect(row.Locator(".state")).ToHaveTextAsync("Paused");
        var control = Call("Shop.Jobs.Sync.Run").LastControl!;
        Assert.That((control.Reason, control.Source), Is.EqualTo(("it is in the way", SitControlSource.Page)));
        Assert.That(Call("Shop.Jobs.Mail.Send").State, Is.EqualTo(SitState.Running));

        await Press(row, "resume");
        await Confirm(live, "Resume 1 call");
        await Expect(row.Locator(".state")).ToHaveTextAsync("Running");
        Assert.That(Call("Shop.Jobs.Sync.Run").State, Is.EqualTo(SitState.Running));
    }

    [Test]
    public async Task a_call_is_cancelled_with_a_reason_after_its_number_was_confirmed()
    {
        var job = Sync("north");
        await using var live = await Open();
        await Expect(live.Rows).ToHaveCountAsync(1);
        _ = Sync("south");
        await Expect(live.Rows).ToHaveCountAsync(2);

        await Press(live.Rows.First, "cancel");
        await live.Page.FillAsync("#ask-reason", "it hangs");
        Assert.That(job.IsCompleted, Is.False);
        await Confirm(live, "Cancel 1 call");

        Assert.That(await job.InTime(), Is.Null);
        await Expect(live.Rows).ToHaveCountAsync(1);
        await Expect(live.Page.Locator("#log-list li").First).ToContainTextAsync("Cancel: 1 call, Page, 127.0.0.1, it hangs");
    }

    [Test]
    public async Task marked_calls_are_restarted_together()
    {
        _ = Sync("north");
        _ = Sync("south");
        await using var live = await Open();
        await Expect(live.Rows).ToHaveCountAsync(2);
        _ = Mail("weekly@shop.example");
        await Expect(live.Rows).ToHaveCountAsync(3);

        await live.Rows.Nth(0).Locator(".mark").ClickAsync();
        await live.Rows.Nth(1).Locator(".mark").ClickAsync();
        await Expect(live.Page.Locator("#target")).ToHaveTextAsync("2 calls marked");
        await live.Page.ClickAsync("#verbs [data-verb=restart]");
        await Confirm(live, "Restart 2 calls");

        await Expect(live.Said).ToHaveTextAsync("Restarted 2 calls.");
        Assert.That(
            () => Sitter.ActiveCalls.Select(call => $"{call.Name} {call.Restarts}"),
            Is.EquivalentTo(new[] { "Run 1", "Run 1", "Send 0" }).After(20_000, 20));
    }

    [Test]
    public async Task a_method_is_paused_for_those_that_begin_too_and_resumed()
    {
        _ = Sync("north");
        await using var live = await Open();

        await Press(live.Row("Shop.Jobs.Sync.Run"), "pause");
        await live.Dialog.Locator("input[value=methods]").CheckAsync();
        Assert.That(await live.Page.InputValueAsync("#ask-methods"), Is.EqualTo("Shop.Jobs.Sync.Run"));
        await live.Page.FillAsync("#ask-methods", "Shop.Jobs.*");
        await Confirm(live, "Pause 1 call");
        _ = Mail("weekly@shop.example");

        await Expect(live.Row("Shop.Jobs.Mail.Send").Locator(".state")).ToHaveTextAsync("Pending");
        await live.Page.ClickAsync("#verbs [data-verb=resume]");
        await live.Dialog.Locator("input[value=methods]").CheckAsync();
        await live.Page.FillAsync("#ask-methods", "Shop.Jobs.*");
        await Confirm(live, "Resume 2 calls");

        await Expect(live.Page.Locator(".tag[data-state=Running]:visible")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task everything_is_paused_for_a_time_and_resumed()
    {
        _ = Sync("north");
        _ = Mail("weekly@shop.example");
        await using var live = await Open();
        await Expect(live.Rows).ToHaveCountAsync(2);

        await live.Page.ClickAsync("#verbs [data-verb=pause]");
        await live.Page.FillAsync("#ask-for", "30");
        await Confirm(live, "Pause 2 calls");

        await Expect(live.Page.Locator("#paused")).ToBeVisibleAsync();
        Assert.That(Sitter.IsPaused, Is.True);
        Assert.That(Call("Shop.Jobs.Sync.Run").LastControl!.For, Is.EqualTo(TimeSpan.FromMinutes(30)));
        await live.Page.ClickAsync("#verbs [data-verb=resume]");
        await Confirm(live, "Resume 2 calls");
        await Expect(live.Page.Locator("#paused")).ToBeHiddenAsync();
    }

    [Test]
    public async Task everything_is_cancelled()
    {
        var jobs = new[] { Sync("north"), Sync("south") };
        await using var live = await Open();
        await Expect(live.Rows).ToHaveCountAsync(2);

        await live.Page.ClickAsync("#verbs [data-verb=cancel]");
        await Confirm(live, "Cancel 2 calls");

        Assert.That(await Task.WhenAll(jobs).InTime(), Is.All.Null);
    }

    [Test]
    public async Task going_back_changes_nothing()
    {
        var job = Sync("north");
        await using var live = await Open();

        await Press(live.Row("Shop.Jobs.Sync.Run"), "cancel");
        await Expect(live.Page.Locator("#ask-go")).ToHaveTextAsync("Cancel 1 call");
        await live.Page.ClickAsync("#ask-back");

        await Expect(live.Dialog).ToBeHiddenAsync();
        Assert.That(job.IsCompleted, Is.False);
    }

    [Test]
    public async Task what_the_process_refuses_is_said_and_the_question_stays()
    {
        _ = Sync("north");
        await using var live = await Open();

        await live.Page.ClickAsync("#verbs [data-verb=cancel]");
        await live.Dialog.Locator("input[value=methods]").CheckAsync();
        await Expect(live.Page.Locator("#ask-reach")).ToHaveTextAsync("Name the methods.");
        await live.Page.FillAsync("#ask-methods", "no pattern at all");

        await Expect(live.Page.Locator("#ask-error")).Not.ToBeEmptyAsync();
        await Expect(live.Page.Locator("#ask-go")).ToBeDisabledAsync();
    }

    private static async Task Press(ILocator row, string verb)
    {
        await row.HoverAsync();
        await row.Locator($"[data-verb={verb}]").ClickAsync();
    }

    private static async Task Confirm(LivePage live, string button)
    {
        await Expect(live.Page.Locator("#ask-go")).ToHaveTextAsync(button);
        await live.Page.ClickAsync("#ask-go");
        await Expect(live.Dialog).ToBeHiddenAsync();
    }
}

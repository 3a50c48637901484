using Microsoft.Playwright;
using Sitters;
using static Microsoft.Playwright.Assertions;

namespace Tests.Page.Browser;

/// <summary>On a phone, in the dark, and with very many calls.</summary>
internal sealed class LayoutTests : BrowserFixture
{
    [Test]
    public async Task on_a_phone_nothing_lies_outside_of_the_screen([Values(360, 900, 1280)] int width)
    {
        _ = Invoices();
        await using var live = await LivePage.Open(browser: new() { ViewportSize = new() { Width = width, Height = 640 } });
        await Expect(live.Rows).ToHaveCountAsync(3);

        Assert.That(await Overflow(), Is.Empty);
        await live.Rows.First.Locator(".what").ClickAsync();
        await Expect(live.Page.Locator("#details-verbs [data-verb=cancel]")).ToBeInViewportAsync();
        Assert.That(await Overflow(), Is.Empty);
        await live.Page.ClickAsync("#details-verbs [data-verb=cancel]");
        await Expect(live.Page.Locator("#ask-go")).ToBeInViewportAsync();
        Assert.That(await Overflow(), Is.Empty);

        async Task<string[]> Overflow() => await live.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("header *, #tools *, .row > *, #details *, dialog[open] *")]
              .filter(element => element.checkVisibility() && element.closest("#states") === null)
              .filter(element => { const box = element.getBoundingClientRect(); return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1); })
              .map(element => element.outerHTML.slice(0, 80))
            """);
    }

    [Test]
    public async Task every_text_can_be_told_from_what_it_stands_on([Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme)
    {
        _ = Sync("north");
        _ = Mail("weekly@shop.example");
        Sitter.Pause("Shop.Jobs.Mail.*");
        await using var live = await LivePage.Open(browser: new() { ColorScheme = scheme });
        await Expect(live.Rows).ToHaveCountAsync(2);
        await live.Rows.First.Locator(".what").ClickAsync();

        // The contrast that WCAG 2.2 asks for, 4.5 : 1, between the colour of each text and the nearest opaque colour behind it.
        var faint = await live.Page.EvaluateAsync<string[]>("""
            () => {
              const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
              const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
              const behind = element => { for (let e = element; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255]; };
              return [...document.querySelectorAll("body *")]
                .filter(element => element.checkVisibility() && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                .filter(element => { const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x); return (a + .05) / (b + .05) < 4.5; })
                .map(element => element.outerHTML.slice(0, 80));
            }
            """);

        Assert.That(faint, Is.Empty);
        var back = await live.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.That(back, scheme == ColorScheme.Dark ? Is.EqualTo("rgb(21, 23, 26)") : Is.EqualTo("rgb(247, 247, 245)"));
        Sitter.Resume("Shop.Jobs.Mail.*");
    }

    [Test]
    public async Task ten_thousand_calls_are_a_list_of_the_few_that_are_in_sight()
    {
        const int Count = 10_000;
        for (var i = 0; i < Count; i++)
        {
            _ = Sync("north");
        }

        await using var live = await Open();
        await Expect(live.Page.Locator("#states button").First).ToHaveTextAsync("All 10,000");
        Assert.That(await live.Page.Locator(".row").CountAsync(), Is.LessThan(100));
        await live.Page.Locator("#grid").FocusAsync();

        await live.Page.Keyboard.PressAsync("End");
        await Expect(live.Page.Locator(".row.is-active")).ToHaveAttributeAsync("aria-rowindex", "10001");
        await Expect(live.Page.Locator(".row.is-active")).ToBeInViewportAsync();
        Assert.That(await live.Page.GetAttributeAsync("#grid", "aria-rowcount"), Is.EqualTo("10001"));

        // All the way, in steps: whatever is in sight is there at each.
        var holes = await live.Page.EvaluateAsync<int>("""
            async () => {
              const rows = document.getElementById("rows");
              let holes = 0;
              for (let top = 0; top < rows.scrollHeight; top += rows.scrollHeight / 50) {
                rows.scrollTop = top;
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                const box = rows.getBoundingClientRect(), at = document.elementFromPoint(box.left + 200, box.top + box.height / 2);
                if (!at?.closest(".row")) holes++;
              }
              return holes;
            }
            """);
        Assert.That(holes, Is.Zero);
        Assert.That(await live.Page.Locator(".row").CountAsync(), Is.LessThan(100));

        await live.Page.Locator("#grid").FocusAsync();
        await live.Page.Keyboard.PressAsync("a");
        await Expect(live.Page.Locator("#target")).ToHaveTextAsync("10,000 calls marked");
        await live.Page.Keyboard.PressAsync("c");
        await Expect(live.Page.Locator("#ask-go")).ToHaveTextAsync("Cancel 10,000 calls");
        await live.Page.Keyboard.PressAsync("Enter");
        await Expect(live.Said).ToHaveTextAsync("Cancelled 10,000 calls.");
        await Expect(live.Page.Locator("#empty")).ToBeVisibleAsync();
        Assert.That(live.Errors, Is.Empty);
    }
}

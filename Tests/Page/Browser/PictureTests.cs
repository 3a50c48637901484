using Microsoft.Playwright;
using Sitters;

namespace Tests.Page.Browser;

/// <summary>
/// What the pictures of docs/page.md show. They are taken anew where the environment says so:
/// SITTERS_PICTURES=write dotnet test Tests --filter "FullyQualifiedName~PictureTests"
/// </summary>
internal sealed class PictureTests : BrowserFixture
{
    private const int MostBytes = 200 * 1024;

    [TestCase("page-light", 1280, 720, ColorScheme.Light)]
    [TestCase("page-dark", 1280, 720, ColorScheme.Dark)]
    [TestCase("page-phone", 360, 720, ColorScheme.Light)]
    public async Task the_page_with_a_shop_at_work(string name, int width, int height, ColorScheme scheme)
    {
        _ = Sync("north");
        _ = Sync("south");
        _ = Invoices();
        _ = Stock();
        _ = Mail("weekly@shop.example");
        var isPhone = width < 900;
        await using var live = await LivePage.Open(browser: new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            DeviceScaleFactor = isPhone ? 2 : 1,
        });
        Sitter.Pause("Shop.Jobs.Mail.*", new SitControl { Reason = "the mail server is being moved", Identity = "anna", Source = SitControlSource.Page });
        await Assertions.Expect(live.Page.Locator(".tag[data-state=Paused]:visible")).ToHaveCountAsync(3);
        if (!isPhone)
        {
            await live.Row("Shop.Jobs.Invoices.PrintAll").Locator(".what").ClickAsync();
            await live.Page.Mouse.MoveAsync(0, 0);
        }

        var picture = await live.Page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });

        Assert.That(picture, Has.Length.LessThan(MostBytes));
        Assert.That(live.Errors, Is.Empty);
        if (Environment.GetEnvironmentVariable("SITTERS_PICTURES") == "write")
        {
            await File.WriteAllBytesAsync(Repository.PathOf("docs", "images", $"{name}.png"), picture);
        }

        Sitter.Resume("Shop.Jobs.Mail.*");
    }
}

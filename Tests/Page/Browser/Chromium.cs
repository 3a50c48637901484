using Microsoft.Playwright;

namespace Tests.Page.Browser;

/// <summary>The browser of this machine, started once for all tests that look through it. Nothing is downloaded.</summary>
[SetUpFixture]
public sealed class Chromium
{
    private static readonly string[] _arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    internal static IBrowser Instance
    {
        get
        {
            if (_browser is null)
            {
                Assert.Ignore("There is no chromium here: apt-get install chromium.");
            }

            return _browser!;
        }
    }

    [OneTimeSetUp]
    public async Task Start()
    {
        if (Find() is { } path)
        {
            Assertions.SetDefaultExpectTimeout((float)Stage.Patience.TotalMilliseconds);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = _arguments });
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
}

using Shop;
using Shop.Jobs;
using Sitters;

namespace Tests.Page.Browser;

/// <summary>Jobs of a shop that wait until the test ends, and a browser that looks at them.</summary>
[NonParallelizable]
internal abstract class BrowserFixture
{
    private readonly List<Task> _jobs = [];
    private Outside _outside = null!;

    [SetUp]
    public void OpenTheShop() => _outside = new Outside();

    [TearDown]
    public async Task CloseTheShop()
    {
        var wasPaused = Sitter.IsPaused;
        Sitter.Resume();
        Sitter.Resume("Shop.Jobs.*");
        _outside.Open();
        foreach (var job in _jobs)
        {
            await job.EndInTime();
        }

        _jobs.Clear();
        Assert.That(Sitter.ActiveCalls, Is.Empty);
        Assert.That(wasPaused, Is.False, "still paused");
    }

    protected Task<string?> Sync(string region) => Begin(new Sync(_outside).Run(region));

    protected Task Mail(string address) => Begin(new Mail(_outside).Send(address));

    protected Task Invoices() => Begin(new Invoices(_outside).PrintAll());

    protected Task Stock() => Begin(new Stock(_outside).Count());

    protected static SitContext Call(string method) => Sitter.ActiveCalls.Single(call => call.MethodName == method);

    protected static Task<LivePage> Open(Action<Sitters.AspNetCore.SittersPageOptions>? options = null) => LivePage.Open(options);

    private T Begin<T>(T job)
        where T : Task
    {
        _jobs.Add(job);
        return job;
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sitters.Hosting;

namespace Tests.Hosting;

/// <summary>Tests that have hosts of their own, whose calls go by the clock of the test.</summary>
internal abstract class HostFixture : ControllerFixture
{
    private readonly List<IHost> _hosts = [];

    protected Journal Journal { get; private set; } = null!;

    [SetUp]
    public void BeginJournal() => Journal = new Journal();

    [TearDown]
    public async Task StopHosts()
    {
        Stage.OpenAll();
        OtherStage.OpenAll();
        foreach (var host in _hosts)
        {
            await host.StopAsync(new CancellationToken(true)).ContinueWith(static _ => { }, TaskScheduler.Default);
            host.Dispose();
        }

        _hosts.Clear();
        Journal.Dispose();
    }

    /// <summary>A host without a web server, not started yet.</summary>
    protected IHost Build(
        Action<SittersOptions>? options = null, Action<IServiceCollection>? services = null, string name = "Jobs", Journal? journal = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = name, DisableDefaults = true });
        Listen(builder.Logging, journal);
        builder.AddSitters(options);
        services?.Invoke(builder.Services);
        return Keep(builder.Build());
    }

    /// <summary>The same, started.</summary>
    protected async Task<IHost> Start(
        Action<SittersOptions>? options = null, Action<IServiceCollection>? services = null, string name = "Jobs", Journal? journal = null)
    {
        var host = Build(options, services, name, journal);
        await host.StartAsync();
        return host;
    }

    /// <summary>A web application in memory that answers /do with what the test gives, started.</summary>
    protected async Task<WebApplication> StartWeb(
        Func<string, Task<string?>> work, Action<SittersOptions>? options = null, string name = "Web", Journal? journal = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = name });
        builder.WebHost.UseTestServer();
        Listen(builder.Logging, journal);
        builder.AddSitters(options);
        var app = builder.Build();
        app.MapGet("/do/{what}", async (string what, HttpContext _) => await work(what) ?? "nothing");
        Keep(app);
        await app.StartAsync();
        return app;
    }

    protected T Keep<T>(T host)
        where T : IHost
    {
        _hosts.Add(host);
        return host;
    }

    protected void Listen(ILoggingBuilder logging, Journal? journal = null)
    {
        logging.ClearProviders();
        logging.AddProvider(journal ?? Journal);
        logging.SetMinimumLevel(LogLevel.Trace);
    }

    /// <summary>Begins a call of a host: it runs in the host's scope.</summary>
    protected static Task<T> In<T>(IHost host, Func<Task<T>> call)
    {
        // In a flow of its own, so that the test is not left in the scope.
        Task<T>? begun = null;
        var thread = new Thread(() =>
        {
            host.Services.GetRequiredService<Sitters.Hosting.Life.HostedCalls>().Scope.Enter();
            begun = call();
        });
        thread.Start();
        thread.Join();
        return begun!;
    }
}

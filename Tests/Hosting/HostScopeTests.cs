using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sitters;

namespace Tests.Hosting;

/// <summary>Whatever runs in a host runs in its scope.</summary>
internal sealed class HostScopeTests : HostFixture
{
    private static readonly Dictionary<string, Func<Action<IServiceCollection>, IHost>> _builders = new()
    {
        ["CreateApplicationBuilder"] = configure =>
        {
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Shop" });
            configure(builder.Services);
            return builder.Build();
        },
        ["HostBuilder"] = configure => new HostBuilder()
            .ConfigureAppConfiguration((context, _) => context.HostingEnvironment.ApplicationName = "Shop")
            .ConfigureServices(configure)
            .Build(),
        ["WebApplication"] = configure =>
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Shop" });
            builder.WebHost.UseTestServer();
            configure(builder.Services);
            return builder.Build();
        },
    };

    [Test]
    public async Task a_hosted_service_runs_in_the_scope_of_its_host(
        [Values("CreateApplicationBuilder", "HostBuilder", "WebApplication")] string builder,
        [Values] bool yieldsFirst,
        [Values] bool concurrently)
    {
        var seen = new TaskCompletionSource<string?>();
        var host = Keep(_builders[builder](services =>
        {
            services.AddHostedService(_ => new Worker(seen, yieldsFirst));
            services.Configure<HostOptions>(options => options.ServicesStartConcurrently = concurrently);

            // After the services that are to run in it.
            services.AddSitters();
        }));

        await host.StartAsync();

        Assert.That(await seen.Task.InTime(), Is.EqualTo("Shop"));
    }

    [Test]
    public async Task a_hosted_service_runs_in_the_scope_of_its_host_also_when_somebody_has_asked_for_it_before()
    {
        var seen = new TaskCompletionSource<string?>();
        var host = Build(services: services => services.AddHostedService(_ => new Worker(seen, false)), name: "Shop");
        await Task.Run(() => host.Services.GetServices<IHostedService>().ToList());

        await host.StartAsync();

        Assert.That(await seen.Task.InTime(), Is.EqualTo("Shop"));
    }

    [Test]
    public async Task who_asks_for_the_services_of_a_running_host_is_not_left_in_its_scope_and_ends_nothing()
    {
        var host = await Start();
        await using (var services = host.Services.CreateAsyncScope())
        {
            _ = services.ServiceProvider.GetServices<IHostedService>().ToList();
        }

        Assert.That(SitterScope.Current, Is.Null);
        Assert.That(CallHosts.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task who_starts_a_host_is_not_left_in_its_scope()
    {
        await Start();

        Assert.That(SitterScope.Current, Is.Null);
    }

    [Test]
    public async Task a_host_starts_where_nothing_flows_on()
    {
        var host = Build();
        Task start;
        using (ExecutionContext.SuppressFlow())
        {
            start = host.StartAsync();
        }

        await start.InTime();
        Assert.That(CallHosts.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task requests_to_a_test_server_run_in_the_scope_of_their_host()
    {
        using var app = await StartWeb(static _ => Task.FromResult(SitterScope.Current?.Name), name: "Shop");
        using var client = app.GetTestClient();

        Assert.That(await client.GetStringAsync("/do/it"), Is.EqualTo("Shop"));
    }

    [Test]
    public async Task requests_to_kestrel_run_in_the_scope_of_their_host_also_the_later_ones_of_a_connection()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Shop" });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        Listen(builder.Logging);
        builder.AddSitters();
        var app = Keep(builder.Build());
        app.MapGet("/", async () =>
        {
            var first = SitterScope.Current?.Name;
            await Task.Yield();
            return $"{first} {SitterScope.Current?.Name}";
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        for (var i = 0; i < 3; i++)
        {
            Assert.That(await client.GetStringAsync("/"), Is.EqualTo("Shop Shop"));
        }
    }

    [Test]
    public async Task an_application_in_a_factory_for_tests_has_its_scope()
    {
        using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.ConfigureTestServices(services =>
        {
            services.AddSitters();
            services.AddSingleton<IStartupFilter>(new Answer(static () => SitterScope.Current?.Name));
        }));
        using var client = factory.CreateClient();

        Assert.That(await client.GetStringAsync("/scope"), Is.EqualTo("Shop"));
    }

    [Test]
    public async Task a_host_that_is_set_up_in_a_scope_has_that()
    {
        using var scope = SitterScope.Begin(new SitterScopeOptions { Name = "a test" });
        using var app = await StartWeb(static _ => Task.FromResult(SitterScope.Current?.Name));
        using var client = app.GetTestClient();

        Assert.That(await client.GetStringAsync("/do/it"), Is.EqualTo("a test"));
    }

    [Test]
    public async Task code_in_a_host_pauses_that_host_alone()
    {
        var pausing = await StartWeb(static _ =>
        {
            Sitter.Pause();
            return Task.FromResult<string?>("paused");
        });
        var other = await StartWeb(static _ => Task.FromResult<string?>(Sitter.IsPaused ? "paused" : "not paused"));
        using var client = pausing.GetTestClient();
        using var otherClient = other.GetTestClient();

        await client.GetStringAsync("/do/it");

        Assert.That(await otherClient.GetStringAsync("/do/it"), Is.EqualTo("not paused"));
        Assert.That(Sitter.IsPaused, Is.False);
    }

    [Test]
    public async Task a_host_that_is_gone_leaves_no_trace_in_others()
    {
        var gone = await Start(name: "gone");
        var left = await StartWeb(static _ => Task.FromResult(SitterScope.Current?.Name), name: "left");
        await gone.StopAsync();
        gone.Dispose();
        using var client = left.GetTestClient();

        Assert.That(await client.GetStringAsync("/do/it"), Is.EqualTo("left"));
        Assert.That(CallHosts.All.Select(host => host.Scope.Name), Is.EqualTo(new[] { "left" }));
        await left.StopAsync();
        Assert.That(CallHosts.All, Is.Empty);
    }

    private sealed class Worker(TaskCompletionSource<string?> seen, bool yieldsFirst) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            if (yieldsFirst)
            {
                await Task.Yield();
            }

            seen.SetResult(SitterScope.Current?.Name);
        }
    }

    private sealed class Answer(Func<string?> answer) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map("/scope", branch => branch.Run(context => context.Response.WriteAsync(answer() ?? "none")));
            next(app);
        };
    }
}

using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Tests.Page;

/// <summary>An application does not start with a page that nobody has said who may see.</summary>
internal sealed class GuardTests
{
    private static readonly AuthorizationPolicy _policy = new AuthorizationPolicyBuilder().RequireUserName("anna").Build();

    private static IEnumerable<TestCaseData<Action<IEndpointConventionBuilder>>> Guards =>
    [
        new(page => page.RequireAuthorization()) { TestName = "{m}(RequireAuthorization)" },
        new(page => page.RequireAuthorization("operators")) { TestName = "{m}(RequireAuthorization with a named policy)" },
        new(page => page.RequireAuthorization(_policy)) { TestName = "{m}(RequireAuthorization with a policy)" },
        new(page => page.AllowAnonymous()) { TestName = "{m}(AllowAnonymous)" },
        new(page => page.Finally(endpoint => endpoint.Metadata.Add(new AuthorizeAttribute()))) { TestName = "{m}(a convention that comes last)" },
    ];

    private static IEnumerable<TestCaseData<Action<IEndpointRouteBuilder>>> Unguarded =>
    [
        new(endpoints => endpoints.MapSitters()) { TestName = "{m}(alone)" },
        new(endpoints => endpoints.MapSitters("/", options => options.ReadOnly = true)) { TestName = "{m}(read-only)" },
        new(endpoints => endpoints.MapGroup("/admin").MapSitters()) { TestName = "{m}(in a group)" },
        new(endpoints => endpoints.MapGroup("/admin").MapGroup("/deep").MapSitters()) { TestName = "{m}(in a group of a group)" },
        new(endpoints =>
        {
            endpoints.MapGet("/open", () => "").AllowAnonymous();
            endpoints.MapGroup("/other").RequireAuthorization().MapSitters("/first");
            endpoints.MapSitters("/second");
        })
        { TestName = "{m}(beside a guarded one)" },
        new(endpoints => endpoints.MapSitters().WithMetadata(new EndpointNameMetadata("page")).RequireHost("localhost")) { TestName = "{m}(with other conventions)" },
    ];

    [TestCaseSource(nameof(Unguarded))]
    public async Task an_unguarded_page_fails_the_start_and_says_what_to_write(Action<IEndpointRouteBuilder> map)
    {
        await using var app = Site.Build();
        map(app);

        var failure = (await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync()))!;

        Assert.That(failure.Message, Does.Contain(".RequireAuthorization(").And.Contain(".AllowAnonymous()"));
    }

    [TestCaseSource(nameof(Unguarded))]
    public async Task an_unguarded_page_fails_the_start_of_a_startup_class_too(Action<IEndpointRouteBuilder> map)
    {
        using var host = Classic(map);

        var failure = (await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync()))!;

        Assert.That(failure.Message, Does.Contain(".RequireAuthorization("));
    }

    [Test]
    public async Task an_unguarded_page_fails_the_start_in_a_branch_of_the_pipeline_too()
    {
        await using var app = Site.Build();

        // Which happens as soon as the branch is complete.
        Assert.Throws<InvalidOperationException>(
            () => app.Map("/branch", branch => branch.UseRouting().UseEndpoints(endpoints => endpoints.MapSitters())));
    }

    [Test]
    public async Task a_fallback_policy_is_no_guard()
    {
        await using var app = Site.Build(configure: builder => builder.Services.Configure<AuthorizationOptions>(options => options.FallbackPolicy = _policy));
        app.MapSitters();

        await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
    }

    [Test]
    public void an_unguarded_page_fails_the_start_in_a_web_application_factory()
    {
        using var factory = Factory("unguarded");

        var failure = Assert.Catch(() => factory.CreateClient());

        Assert.That(failure, Is.InstanceOf<InvalidOperationException>().With.Message.Contains("AllowAnonymous"));
    }

    [Test]
    public async Task a_guarded_page_starts_in_a_web_application_factory()
    {
        await using var factory = Factory("read-only");
        using var client = factory.CreateClient();

        Assert.That((await client.GetAsync("/sitters/")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCaseSource(nameof(Guards))]
    public async Task a_guarded_page_starts(Action<IEndpointConventionBuilder> guard)
    {
        await using var app = Site.Build(configure: WithPolicy);
        guard(app.MapSitters());
        guard(app.MapGroup("/group").MapSitters());

        await app.StartAsync();

        Assert.That((await Get(app, "/sitters/", "anna")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Get(app, "/group/sitters/", "anna")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCaseSource(nameof(Guards))]
    public async Task a_guarded_group_guards_the_page_in_it_whenever_it_is_guarded(Action<IEndpointConventionBuilder> guard)
    {
        await using var app = Site.Build(configure: WithPolicy);
        var group = app.MapGroup("/admin");
        group.MapGroup("/deep").MapSitters();
        guard(group);

        await app.StartAsync();

        Assert.That((await Get(app, "/admin/deep/sitters/", "anna")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task a_guarded_page_starts_with_a_startup_class()
    {
        using var host = Classic(endpoints => endpoints.MapSitters().AllowAnonymous());

        await host.StartAsync();

        Assert.That((await host.GetTestClient().GetAsync("/sitters/calls")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task whoever_may_not_sees_nothing_of_what_belongs_to_the_page(
        [Values("", "page.js", "page.css", "icon.svg", "calls", "tree", "events")] string address, [Values(null, "bert")] string? user)
    {
        await using var site = await Site.Start(guard: page => page.RequireAuthorization(_policy));

        var answer = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/sitters/{address}") { Headers = { { "User", user ?? "" } } });

        Assert.That(answer.StatusCode, Is.EqualTo(user is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task whoever_may_not_orders_nothing()
    {
        await using var site = await Site.Start(guard: page => page.RequireAuthorization(_policy));

        var answer = await site.Send(new { @do = "pause" });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(Sitters.Sitter.IsPaused, Is.False);
    }

    [Test]
    public async Task where_the_start_can_not_be_failed_requests_are_refused_and_the_host_stops()
    {
        var log = new CriticalLog();
        await using var app = Site.Build(configure: builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Services.AddSingleton<EndpointDataSource>(services => new Deaf(services.GetRequiredService<Endpoints>()));
            builder.Services.AddSingleton<Endpoints>();
        });
        app.MapSitters();
        app.Services.GetRequiredService<Endpoints>().Sources = ((IEndpointRouteBuilder)app).DataSources;
        var stopping = new TaskCompletionSource();
        app.Lifetime.ApplicationStopping.Register(stopping.SetResult);

        await app.StartAsync();

        await stopping.Task.InTime();
        Assert.That(log.Lines, Has.One.Items.And.One.Contains(".RequireAuthorization("));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Get(app, "/sitters/calls", "anna"));
    }

    private static void WithPolicy(WebApplicationBuilder builder) =>
        builder.Services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireUserName("anna"));

    private static Task<HttpResponseMessage> Get(WebApplication app, string address, string user) =>
        app.GetTestClient().SendAsync(new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "User", user } } });

    private static IHost Classic(Action<IEndpointRouteBuilder> map) => new HostBuilder().ConfigureWebHost(host => host
        .UseTestServer()
        .ConfigureServices(services => services.AddRouting().AddAuthorization())
        .Configure(app => app.UseRouting().UseAuthorization().UseEndpoints(map))).Build();

    private static WebApplicationFactory<Program> Factory(string page) => new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.UseSetting("page", page));

    private sealed class Endpoints
    {
        public ICollection<EndpointDataSource> Sources { get; set; } = [];
    }

    /// <summary>Asks nobody for changes, as a later framework may.</summary>
    private sealed class Deaf(Endpoints endpoints) : EndpointDataSource
    {
        public override IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Endpoints => [.. endpoints.Sources.SelectMany(source => source.Endpoints)];

        public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);
    }

    private sealed class CriticalLog : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Critical;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}

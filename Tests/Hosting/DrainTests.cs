using AssemblyToProcess.Life;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sitters;

namespace Tests.Hosting;

/// <summary>What becomes of the calls of a host that stops.</summary>
internal sealed class DrainTests : HostFixture
{
    [Test]
    public async Task calls_under_way_end_by_themselves_before_the_host_stops_its_services()
    {
        var service = new Service(Stage);
        var host = await Start(services: services => services.AddHostedService(_ => service));
        var call = In(host, Set<Steered>().Sync);
        await Stage.Reached("sync");

        var stop = host.StopAsync();
        await Stopping(host);
        Assert.That(stop.IsCompleted, Is.False);
        Stage.Open("sync");

        Assert.That(await call.InTime(), Is.EqualTo("synced"));
        await stop.InTime();
        Assert.That(Stage.Story, Is.EqualTo("sync, service stopped"));
    }

    [Test]
    public async Task what_ends_as_the_application_stops_is_told_before_it_is_waited_for()
    {
        var host = await Start(options => options.DrainSeconds = 10);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => Stage.Open("sync"));
        var call = In(host, Set<Steered>().Sync);
        await Stage.Reached("sync");

        await host.StopAsync().InTime();

        Assert.That(await call.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task new_requests_are_served_while_calls_end()
    {
        var (first, second) = (Set<Steered>(), OtherStage.Set(new Steered()));
        var app = await StartWeb(what => what == "sync" ? first.Sync() : second.Load());
        using var client = app.GetTestClient();
        var underWay = client.GetStringAsync("/do/sync");
        await Stage.Reached("sync");

        var stop = app.StopAsync();
        await Stopping(app);
        OtherStage.OpenForGood("load");

        Assert.That(await client.GetStringAsync("/do/load").InTime(), Is.EqualTo("loaded"));
        Assert.That(underWay.IsCompleted, Is.False);
        Stage.Open("sync");
        Assert.That(await underWay.InTime(), Is.EqualTo("synced"));
        await stop.InTime();
    }

    [Test]
    public async Task what_still_runs_when_the_time_is_over_is_cancelled_with_its_hooks_before_the_host_stops_its_services()
    {
        var host = await Start(
            options => options.DrainSeconds = 10, services => services.AddHostedService(_ => new Service(Stage)));
        var call = In(host, Set<Cancellable>().Work);
        await Stage.Reached("work");

        var stop = host.StopAsync();
        await Stopping(host);
        Clock.Advance(9.9);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(0.2);

        Assert.That(await call.InTime(), Is.Null);
        await stop.InTime();
        Assert.That(Stage.Story, Is.EqualTo("working, finally, cancellation, service stopped"));
    }

    [Test]
    public async Task the_time_is_that_of_the_host_less_two_seconds_and_never_negative([Values(1, 2, 12)] int shutdown)
    {
        var host = await Start(services: services => services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(shutdown)));
        var call = In(host, Set<Steered>().Sync);
        await Stage.Reached("sync");

        var stop = host.StopAsync();
        await Stopping(host);
        if (shutdown > 2)
        {
            Clock.Advance(shutdown - 2.1);
            Assert.That(call.IsCompleted, Is.False);
            Clock.Advance(0.1);
        }

        Assert.That(await call.InTime(), Is.Null);
        await stop.InTime();
    }

    [Test]
    public async Task a_host_without_a_limit_waits_for_ever()
    {
        var host = await Start(services: services => services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan));
        var call = In(host, Set<Steered>().Sync);
        await Stage.Reached("sync");

        var stop = host.StopAsync();
        await Stopping(host);
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(call.IsCompleted, Is.False);
        Stage.Open("sync");

        Assert.That(await call.InTime(), Is.EqualTo("synced"));
        await stop.InTime();
    }

    [Test]
    public async Task stopping_the_application_does_the_same()
    {
        var host = Build(options => options.DrainSeconds = 10);
        var run = host.RunAsync();
        await Started(host);
        var cancelled = In(host, Set<Cancellable>().Work);
        await Stage.Reached("work");

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Clock.Advance(10);

        Assert.That(await cancelled.InTime(), Is.Null);
        await run.InTime();
    }

    [Test]
    public async Task the_time_counts_from_the_moment_when_the_application_was_told_to_stop()
    {
        var host = await Start(options => options.DrainSeconds = 10);
        var call = In(host, Set<Steered>().Sync);
        await Stage.Reached("sync");

        // Nobody waits for that, and stops the host.
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Clock.Advance(10);

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_call_that_began_while_others_ended_is_left_alone_until_the_time_is_over()
    {
        var (first, second) = (Set<Steered>(), OtherStage.Set(new Steered()));
        var slow = new Service(OtherStage, "the service");
        var host = await Start(options => options.DrainSeconds = 10, services => services.AddHostedService(_ => slow));
        var underWay = In(host, first.Sync);
        await Stage.Reached("sync");
        var stop = host.StopAsync();
        await Stopping(host);
        var later = In(host, second.Load);
        Stage.Open("sync");
        await underWay.InTime();

        // The services stop by now.
        await OtherStage.Reached("the service");
        Assert.That(later.IsCompleted, Is.False);
        Clock.Advance(10);

        Assert.That(await later.InTime(), Is.Null);
        Assert.That(stop.IsCompleted, Is.False);
        OtherStage.Open("the service");
        await stop.InTime();
    }

    [Test]
    public async Task what_runs_on_when_all_services_have_stopped_has_the_time_that_is_left()
    {
        var (first, second) = (Set<Steered>(), OtherStage.Set(new Steered()));
        var host = await Start(options => options.DrainSeconds = 10, services => services.AddHostedService(_ => new Service(Stage)));
        var underWay = In(host, first.Sync);
        await Stage.Reached("sync");
        var stop = host.StopAsync();
        await Stopping(host);
        var later = In(host, second.Load);
        Stage.Open("sync");
        await underWay.InTime();
        await Stage.Said("service stopped");

        Assert.That(stop.IsCompleted, Is.False);
        OtherStage.Open("load");

        Assert.That(await later.InTime(), Is.EqualTo("loaded"));
        await stop.InTime();
    }

    [Test]
    public async Task a_host_whose_own_time_is_over_cancels_and_waits_no_longer()
    {
        var host = await Start();
        var call = In(host, Set<Cancellable>().Work);
        await Stage.Reached("work");

        await host.StopAsync(new CancellationToken(true)).EndInTime();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Story, Is.EqualTo("working, finally, cancellation"));
    }

    [Test]
    public async Task a_call_that_does_not_end_by_a_cancel_is_named()
    {
        var subject = Set<Busy>();
        var host = await Start(options => options.DrainSeconds = 0);
        using var time = new CancellationTokenSource();
        var call = In(host, () => Task.Run<int?>(subject.WorkThenAwait));
        await Stage.Said("busy");
        var stop = host.StopAsync(time.Token);
        await Stopping(host);

        await time.CancelAsync();

        await stop.EndInTime();
        Assert.That(Journal.Lines(Microsoft.Extensions.Logging.LogLevel.Warning),
            Is.EqualTo(new[] { "Warning: The host has no time left for 1 call(s): AssemblyToProcess.Life.Busy.WorkThenAwait" }));
        subject.Go.Set();
        await call.EndInTime();
    }

    [Test]
    public async Task what_has_not_suspended_yet_is_cancelled_too([Values] bool flows)
    {
        var subject = Set<Busy>();
        var host = await Start(options => options.DrainSeconds = 0);
        var call = In(host, () => Task.Run<int?>(flows ? subject.WorkThenAwait : subject.WorkThenAwaitUnflowed));
        await Stage.Said("busy");

        var cancelled = new TaskCompletionSource();
        void Hear(SitControlEvent executed) => cancelled.TrySetResult();
        Sitter.ControlExecuted += Hear;
        var stop = host.StopAsync();
        await cancelled.Task.InTime();
        Sitter.ControlExecuted -= Hear;
        subject.Go.Set();

        Assert.That(await call.InTime(), Is.Null);
        await stop.InTime();
        Assert.That(Stage.Lines, Has.No.Member("after"));
    }

    [Test]
    public async Task a_host_that_is_disposed_of_without_a_stop_cancels_what_still_runs()
    {
        var host = await Start();
        var call = In(host, Set<Cancellable>().Work);
        await Stage.Reached("work");

        host.Dispose();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(CallHosts.All, Is.Empty);
    }

    [Test]
    public async Task services_that_stop_all_at_once_are_waited_for_too()
    {
        var slow = new Service(Stage, "the service");
        var host = await Start(
            options => options.DrainSeconds = 10,
            services =>
            {
                services.AddHostedService(_ => slow);
                services.Configure<HostOptions>(options => options.ServicesStopConcurrently = true);
            });
        var stop = host.StopAsync();
        await Stage.Reached("the service");
        var call = In(host, Set<Steered>().Sync);
        Clock.Advance(10);

        Assert.That(await call.InTime(), Is.Null);
        Stage.Open("the service");
        await stop.InTime();
    }

    [Test]
    public async Task a_host_that_was_told_to_stop_with_nothing_under_way_stops_at_once()
    {
        var host = await Start();

        await host.StopAsync().InTime();

        Assert.That(Journal.Lines(), Is.Empty);
    }

    [Test]
    public async Task a_clock_that_fails_keeps_no_host_from_stopping()
    {
        var clock = new FailingClock();
        IHost host;
        using (SitterScope.Begin(new SitterScopeOptions { TimeProvider = clock }))
        {
            // Nothing else would end its stop.
            host = await Start(services: services => services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan));
        }

        clock.Fails = true;

        Assert.That((await Failure<Exception>(host.StopAsync())).ToString(), Does.Contain(nameof(InvalidTimeZoneException)));
        Assert.That(CallHosts.All, Is.Empty);
    }

    [Test]
    public async Task a_host_of_before_the_generic_host_lets_calls_end_too()
    {
#pragma warning disable ASPDEPR004, ASPDEPR008 // As long as it exists.
        var subject = Set<Steered>();
        using var host = new WebHostBuilder()
            .UseTestServer()
            .ConfigureServices(services => services.AddSitters())
            .Configure(app => app.Run(async context => await context.Response.WriteAsync(await subject.Sync() ?? "nothing")))
            .Build();
        await host.StartAsync();
        using var client = host.GetTestClient();
        var request = client.GetStringAsync("/");
        await Stage.Reached("sync");

        var stop = host.StopAsync();
        Assert.That(stop.IsCompleted, Is.False);
        Stage.Open("sync");

        Assert.That(await request.InTime(), Is.EqualTo("synced"));
        await stop.InTime();
        Assert.That(CallHosts.All, Is.Empty);
#pragma warning restore ASPDEPR004, ASPDEPR008
    }

    /// <summary>Waits until the host has begun to stop.</summary>
    private static async Task Stopping(IHost host)
    {
        var drain = host.Services.GetRequiredService<Sitters.Hosting.Life.HostedSitters>();
        while (!drain.IsStopping)
        {
            await Task.Delay(1);
        }
    }

    private static async Task Started(IHost host)
    {
        var started = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => started.SetResult());
        await started.Task.InTime();
    }

    private sealed class FailingClock : TimeProvider
    {
        public bool Fails { get; set; }

        public override long GetTimestamp() => Fails ? throw new InvalidTimeZoneException() : base.GetTimestamp();
    }

    /// <summary>Says that it stops, after a point that it comes to.</summary>
    private sealed class Service(Stage stage, string? point = null) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            if (point is not null)
            {
                await stage.At(point);
            }

            stage.Say("service stopped");
        }
    }
}

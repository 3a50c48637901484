using AssemblyToProcess.Life;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Sitters;

namespace Tests.Hosting;

/// <summary>What the health check says about pauses.</summary>
internal sealed class PauseCheckTests : HostFixture
{
    [TearDown]
    public void EndPauses()
    {
        Sitter.Resume();
        Sitter.Resume("*");
    }

    [Test]
    public async Task it_is_healthy_while_nothing_is_paused() =>
        Assert.That((await Check(await StartChecked())).Status, Is.EqualTo(HealthStatus.Healthy));

    [Test]
    public async Task what_somebody_has_written_stays_on_its_line()
    {
        var host = await StartChecked();
        Sitter.Pause(new SitControl { Reason = "fine\r\ninfo: all is well\u2028" });

        var entry = await Check(host);

        Assert.That(entry.Description, Is.EqualTo(@"Everything is paused: fine\r\ninfo: all is well\u2028"));
        Assert.That(entry.Data["reason"], Is.EqualTo(@"fine\r\ninfo: all is well\u2028"));
    }

    [Test]
    public async Task it_is_degraded_while_everything_is_paused_and_says_who_since_when_why_and_how_many()
    {
        var host = await StartChecked();
        var call = In(host, Set<Steered>().Sync);
        await Stage.Reached("sync");
        var before = DateTimeOffset.UtcNow;
        Sitter.Pause(new SitControl { Identity = "anna", Reason = "the database is moved", Source = SitControlSource.Tool });

        var entry = await Check(host);

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(entry.Description, Is.EqualTo("Everything is paused: the database is moved"));
        Assert.That(entry.Data["since"], Is.InRange(before, DateTimeOffset.UtcNow));
        Assert.That(entry.Data.Where(pair => pair.Key != "since"), Is.EquivalentTo(new Dictionary<string, object>
        {
            ["paused"] = 1,
            ["methods"] = "*",
            ["source"] = "Tool",
            ["identity"] = "anna",
            ["reason"] = "the database is moved",
        }));
        Sitter.Resume();
        Assert.That((await Check(host)).Status, Is.EqualTo(HealthStatus.Healthy));
        Stage.Open("sync");
        await call.InTime();
    }

    [Test]
    public async Task it_is_degraded_while_methods_are_paused_also_before_they_are_called()
    {
        var host = await StartChecked();
        Sitter.Pause("*.Steered.*");

        var entry = await Check(host);

        Assert.That((entry.Status, entry.Description), Is.EqualTo((HealthStatus.Degraded, "*.Steered.* is paused.")));
        Assert.That((entry.Data["methods"], entry.Data["paused"]), Is.EqualTo(("*.Steered.*", 0)));
    }

    [Test]
    public async Task it_is_degraded_while_single_calls_are_paused()
    {
        var host = await StartChecked();
        var call = In(host, Set<Steered>().Sync);
        await Stage.Reached("sync");
        Call("Sync").Pause(new SitControl { Identity = "anna" });

        var entry = await Check(host);

        Assert.That((entry.Status, entry.Description), Is.EqualTo((HealthStatus.Degraded, "Single calls are paused.")));
        Assert.That((entry.Data["paused"], entry.Data["identity"]), Is.EqualTo((1, "anna")));
        Sitter.Cancel();
        await call.InTime();
    }

    [Test]
    public async Task it_knows_of_its_own_host_alone()
    {
        var (host, other) = (await StartChecked(), await StartChecked());
        other.Services.GetRequiredService<Sitters.Hosting.Life.HostedCalls>().Scope.Pause();

        Assert.That((await Check(host)).Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That((await Check(other)).Status, Is.EqualTo(HealthStatus.Degraded));
    }

    [Test]
    public async Task without_the_rest_it_knows_of_the_whole_process()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks().AddSitters();
        await using var provider = services.BuildServiceProvider();
        Sitter.Pause();

        Assert.That((await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Degraded));
    }

    [Test]
    public async Task readiness_takes_it_and_liveness_does_not()
    {
        var host = await StartChecked();
        Sitter.Pause();
        var checks = host.Services.GetRequiredService<HealthCheckService>();

        Assert.That((await checks.CheckHealthAsync(check => check.Tags.Contains("ready"))).Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That((await checks.CheckHealthAsync(check => check.Tags.Contains("live"))).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    private Task<IHost> StartChecked() => Start(services: services => services.AddHealthChecks()
        .AddSitters()
        .AddCheck("alive", static () => HealthCheckResult.Healthy(), ["live"]));

    private static async Task<HealthReportEntry> Check(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["sitters"];
}

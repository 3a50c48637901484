using AssemblyToProcess.Life;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sitters;

namespace Tests.Hosting;

/// <summary>A paused host stops too, and what was paused does not run on for it.</summary>
internal sealed class PausedHostTests : HostFixture
{
    [TearDown]
    public void EndPauses()
    {
        Sitter.Resume();
        Sitter.Resume("*");
    }

    [Test]
    public async Task its_calls_are_cancelled_at_once_whatever_holds_them([Values("process", "scope", "methods", "call")] string held)
    {
        var host = await Start();
        var call = In(host, Set<Cancellable>().Work);
        await Stage.Reached("work");
        Pause(host, held);

        await host.StopAsync().InTime();

        Assert.That(await call.InTime(), Is.Null);
        Assert.That(Stage.Story, Is.EqualTo("working, finally, cancellation"));
    }

    [Test]
    public async Task so_are_calls_that_begin_while_it_stops([Values("process", "scope", "methods")] string held)
    {
        var slow = new Slow(OtherStage);
        var host = await Start(services: services => services.AddHostedService(_ => slow));
        Pause(host, held);
        var stop = host.StopAsync();
        await OtherStage.Reached("the service");

        Assert.That(await In(host, Set<Cancellable>().Work).InTime(), Is.Null);

        OtherStage.Open("the service");
        await stop.InTime();
    }

    [Test]
    public async Task calls_that_are_not_paused_keep_their_time()
    {
        var host = await Start();
        var paused = In(host, Set<Cancellable>().Work);
        var running = In(host, OtherStage.Set(new Steered()).Sync);
        await Stage.Reached("work");
        await OtherStage.Reached("sync");
        Sitter.Pause("*.Cancellable.*");

        var stop = host.StopAsync();
        Assert.That(await paused.InTime(), Is.Null);
        Assert.That(running.IsCompleted, Is.False);
        OtherStage.Open("sync");

        Assert.That(await running.InTime(), Is.EqualTo("synced"));
        await stop.InTime();
    }

    private static void Pause(IHost host, string what)
    {
        var scope = host.Services.GetRequiredService<Sitters.Hosting.Life.HostedCalls>().Scope;
        switch (what)
        {
            case "process":
                Sitter.Pause();
                break;
            case "scope":
                scope.Pause();
                break;
            case "methods":
                Sitter.Pause("*.Cancellable.*");
                break;
            default:
                scope.ActiveCalls.Single().Pause();
                break;
        }
    }

    private sealed class Slow(Stage stage) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => stage.At("the service");
    }
}

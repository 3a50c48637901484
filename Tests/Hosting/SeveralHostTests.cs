using AssemblyToProcess.Life;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sitters;

namespace Tests.Hosting;

/// <summary>Hosts in one process do not feel each other.</summary>
internal sealed class SeveralHostTests : HostFixture
{
    [Test]
    public async Task one_that_stops_leaves_the_calls_of_the_other_alone()
    {
        var (one, other) = (await Start(options => options.DrainSeconds = 0, name: "one"), await Start(name: "other"));
        var left = In(other, Set<Steered>().Sync);
        var cancelled = In(one, OtherStage.Set(new Steered()).Load);
        await Stage.Reached("sync");
        await OtherStage.Reached("load");

        await one.StopAsync().InTime();
        one.Dispose();

        Assert.That(await cancelled.InTime(), Is.Null);
        Assert.That(left.IsCompleted, Is.False);
        Stage.Open("sync");
        Assert.That(await left.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task each_logs_its_own_calls_and_goes_on_when_the_other_is_gone()
    {
        using var otherJournal = new Journal();
        var (one, other) = (await Start(name: "one"), await Start(name: "other", journal: otherJournal));
        Stage.OpenForGood("sync", "load");
        var scene = Set<Steered>();

        await In(one, scene.Sync).InTime();
        await one.StopAsync();
        one.Dispose();
        await In(other, scene.Load).InTime();

        Assert.That(Methods(Journal), Is.EqualTo(new[] { "AssemblyToProcess.Life.Steered.Sync" }));
        Assert.That(Methods(otherJournal), Is.EqualTo(new[] { "AssemblyToProcess.Life.Steered.Load" }));
    }

    [Test]
    public async Task what_is_done_in_one_is_logged_there_and_what_is_done_to_the_process_in_each()
    {
        using var otherJournal = new Journal();
        var (one, _) = (await Start(name: "one"), await Start(name: "other", journal: otherJournal));

        one.Services.GetRequiredService<Sitters.Hosting.Life.HostedCalls>().Scope.Restart();
        Sitter.Resume();

        Assert.That(Journal.Lines(), Is.EqualTo(new[] { "Information: Restarted 0 call(s) (any method) by Code, nobody named: no reason given", "Information: Resumed 0 call(s) (any method) by Code, nobody named: no reason given" }));
        Assert.That(otherJournal.Lines(), Is.EqualTo(new[] { "Information: Resumed 0 call(s) (any method) by Code, nobody named: no reason given" }));
    }

    [Test]
    public async Task calls_of_no_scope_belong_to_the_one_that_was_started_first_and_still_runs()
    {
        var first = await Start(options => options.DrainSeconds = 0, name: "first");
        var second = await Start(options => options.DrainSeconds = 0, name: "second");
        var scene = Set<Steered>();
        var early = scene.Sync();

        await second.StopAsync().InTime();
        Assert.That(early.IsCompleted, Is.False);
        var third = await Start(options => options.DrainSeconds = 0, name: "third");
        await first.StopAsync().InTime();
        Assert.That(await early.InTime(), Is.Null);

        var late = scene.Load();
        await third.StopAsync().InTime();
        Assert.That(await late.InTime(), Is.Null);
    }

    [Test]
    public async Task one_that_was_set_up_in_a_scope_has_the_calls_of_that_alone()
    {
        IHost host;
        Task<string?> inside;
        using (SitterScope.Begin(new SitterScopeOptions { Name = "a test" }))
        {
            host = await Start(options => options.DrainSeconds = 0);
            inside = OtherStage.Set(new Steered()).Load();
        }

        var outside = Set<Steered>().Sync();

        await host.StopAsync().InTime();

        Assert.That(await inside.InTime(), Is.Null);
        Assert.That(outside.IsCompleted, Is.False);
        Stage.Open("sync");
        Assert.That(await outside.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task a_scope_that_began_in_a_host_belongs_to_it()
    {
        var host = await Start(options => options.DrainSeconds = 0);
        var call = In(host, () =>
        {
            using (SitterScope.Begin(new SitterScopeOptions { Name = "inner" }))
            {
                return Set<Steered>().Sync();
            }
        });

        await host.StopAsync().InTime();

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task in_one_scope_the_last_to_stop_sees_to_the_calls()
    {
        IHost one, other;
        Task<string?> call;
        using (SitterScope.Begin(new SitterScopeOptions { Name = "a test" }))
        {
            one = await Start(options => options.DrainSeconds = 0, name: "one");
            other = await Start(options => options.DrainSeconds = 0, name: "other");
            call = Set<Steered>().Sync();
        }

        await one.StopAsync().InTime();
        Assert.That(call.IsCompleted, Is.False);
        await other.StopAsync().InTime();

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task fifty_at_once_each_with_its_requests_feel_nothing_of_the_others()
    {
        Stage.OpenForGood("sync");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(async () =>
        {
            using var journal = new Journal();
            var scene = Set<Steered>();
            var app = await StartWeb(
                async what =>
                {
                    var name = SitterScope.Current?.Name;
                    if (what == "pause" && number % 2 == 0)
                    {
                        // Held until it is resumed from outside of any call.
                        Sitter.Pause();
                        Sitter.Resume();
                    }

                    return $"{name} {await scene.Sync()} {Sitter.IsPaused}";
                },
                name: $"host {number}",
                journal: journal);
            using var client = app.GetTestClient();
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => await client.GetStringAsync(i == 0 ? "/do/pause" : "/do/it")));
            Assert.That(answers.Distinct(), Is.SubsetOf(new[] { $"host {number} synced False", $"host {number} synced True" }));
            await app.StopAsync();
            Assert.That(journal.Entries.Count(entry => entry.Id.Id == 8), Is.EqualTo(4), "completed calls");
        }))).InTime();
    }

    private static IEnumerable<string?> Methods(Journal journal) =>
        journal.Entries.Where(entry => entry.Level == LogLevel.Debug).Select(entry => (string?)entry.Values["Method"]).Distinct();
}

using AssemblyToProcess.Life;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Sitters;
using Sitters.Hosting.Logs;

namespace Tests.Hosting;

/// <summary>What a host logs about its calls.</summary>
internal sealed class CallLogTests : HostFixture
{
    [TearDown]
    public void EndPauses() => Sitter.Resume();

    [Test]
    public async Task a_call_that_completes_is_told_for_debugging_alone()
    {
        var host = await Start();
        Stage.OpenForGood("sync");

        await In(host, Set<Steered>().Sync).InTime();

        Assert.That(Journal.Lines(), Is.Empty);
        Assert.That(Names(), Is.EqualTo(new[] { "CallStarted", "AttemptStarted", "CallCompleted" }));
    }

    [Test]
    public async Task a_retried_call_that_comes_well_is_told_for_debugging_alone()
    {
        var host = await Start();
        Stage.OpenForGood("door");

        Assert.That(await In(host, Set<Steered>().FailOnce).InTime(), Is.EqualTo("second"));

        Assert.That(Journal.Lines(), Is.Empty);
        Assert.That(Names(), Is.EqualTo(new[] { "CallStarted", "AttemptStarted", "CallRetrying", "AttemptStarted", "CallCompleted" }));
        Assert.That(Journal.Entries[2].Text, Does.EndWith("is tried again after attempt 1: System.IO.IOException"));
    }

    [Test]
    public async Task a_call_that_fails_is_told_without_the_exception_that_its_caller_gets()
    {
        var host = await Start();
        var call = In(host, Set<Steered>().Sync);
        await Stage.Reached("sync");
        Stage.Fail("sync", new IOException("a secret"));
        await call.EndInTime();

        var entry = Journal.Entries.Single(entry => entry.Level > LogLevel.Debug);
        Assert.That(entry.Level, Is.EqualTo(LogLevel.Information));
        Assert.That((entry.Id.Id, entry.Id.Name), Is.EqualTo((9, "CallFailed")));
        Assert.That(entry.Text, Does.StartWith("AssemblyToProcess.Life.Steered.Sync (").And.EndWith(": System.IO.IOException"));
        Assert.That(Journal.Entries.Select(any => any.Exception), Is.All.Null);
        Assert.That(Journal.Entries.Select(any => any.Text), Has.None.Contains("secret"));
    }

    [Test]
    public async Task every_verb_is_told_with_who_and_why_and_where_it_came_from()
    {
        var host = await Start();
        var call = In(host, Set<Steered>().Sync);
        await Stage.Reached("sync");
        var control = new SitControl { Identity = "anna", Reason = "the database is moved" };

        Sitter.Pause("*.Sync", control with { For = TimeSpan.FromMinutes(10) });
        Sitter.Resume("*.Sync", control);
        Sitter.Cancel(control with { Source = SitControlSource.Page });
        await call.InTime();

        Assert.That(Journal.Lines(), Is.EqualTo(new[]
        {
            "Information: Paused 1 call(s) (*.Sync) by Code, anna: the database is moved (for 00:10:00)",
            "Information: Resumed 1 call(s) (*.Sync) by Code, anna: the database is moved",
            "Information: Cancelled 1 call(s) (any method) by Page, anna: the database is moved",
        }));
        var paused = Journal.Entries.Single(entry => entry.Id.Name == "Paused").Values;
        Assert.That((paused["Identity"], paused["Reason"], paused["Calls"]), Is.EqualTo(("anna", "the database is moved", 1)));
    }

    [Test]
    public async Task a_reason_can_not_pass_for_another_line_of_the_log()
    {
        await Start();

        Sitter.Restart(new SitControl { Identity = "\u001b[31meve", Reason = "fine\r\ninfo: Sitters[33]\u2028 Cancelled\tall" });

        Assert.That(Journal.Lines(), Is.EqualTo(
            new[] { @"Information: Restarted 0 call(s) (any method) by Code, \u001b[31meve: fine\r\ninfo: Sitters[33]\u2028 Cancelled\tall" }));
        Assert.That(Journal.Entries.SelectMany(entry => entry.Values.Values).OfType<string>(), Has.None.Contains("\n"));
    }

    [Test]
    public async Task a_hook_that_fails_is_an_error_with_its_exception()
    {
        var host = await Start();
        Stage.When("cancellation", () => throw new InvalidDataException("the hook"));
        var call = In(host, Set<Cancellable>().Work);
        await Stage.Reached("work");

        Sitter.Cancel();
        await call.InTime();

        var entry = Journal.Entries.Single(entry => entry.Level == LogLevel.Error);
        Assert.That((entry.Id.Id, entry.Id.Name), Is.EqualTo((20, "HookFailed")));
        Assert.That(entry.Exception, Is.InstanceOf<InvalidDataException>());
    }

    [Test]
    public async Task a_logger_that_throws_harms_neither_calls_nor_the_stop_of_the_host()
    {
        var host = await Start();
        Journal.OnEntry = static () => throw new InvalidOperationException("the disk is full");
        var call = In(host, Set<Steered>().Sync);
        await Stage.Reached("sync");

        Sitter.Resume();
        var stop = host.StopAsync();
        Stage.Open("sync");

        Assert.That(await call.InTime(), Is.EqualTo("synced"));
        await stop.InTime();
    }

    [Test]
    public async Task what_nobody_reads_is_not_listened_to_and_a_level_that_changes_counts_from_then_on()
    {
        var levels = new LevelSource();
        await Start(services: services =>
        {
            services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(levels);
            services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(levels);
        });
        Assert.That(SitObservers.Any, Is.True);

        levels.Set(LogLevel.None);
        Assert.That(SitObservers.Any, Is.False);
        Sitter.Resume();
        Assert.That(Journal.Lines(), Is.Empty);

        levels.Set(LogLevel.Information);
        Assert.That(SitObservers.Any, Is.True);
        Sitter.Resume();
        Assert.That(Journal.Lines(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task a_level_that_changes_while_the_host_looks_at_it_counts()
    {
        var levels = new LevelSource();
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.OnAsked = () =>
        {
            if (asked.TrySetResult())
            {
                answer.Task.Wait();
            }
        };
        var start = Task.Run(() => Start(services: services =>
        {
            services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(levels);
            services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(levels);
        }));
        await asked.Task.InTime();

        levels.Set(LogLevel.None);
        answer.SetResult();
        await start.InTime();

        Assert.That(SitObservers.Any, Is.False);
    }

    [Test]
    public async Task after_the_host_nothing_is_listened_to()
    {
        var host = await Start();
        await host.StopAsync();

        Assert.That(SitObservers.Any, Is.False);
        Sitter.Resume();
        Assert.That(Journal.Lines(), Is.Empty);
    }

    [Test]
    public void ids_are_between_1_and_99_and_unlike_as_are_names()
    {
        var events = typeof(Events).GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(LoggerMessageAttribute), false).Cast<LoggerMessageAttribute>()).ToList();

        Assert.That(events.Select(one => one.EventId), Is.Unique.And.All.InRange(1, 99));
        Assert.That(events.Select(one => one.EventName), Is.Unique.And.All.Not.Empty);
    }

    private IEnumerable<string?> Names() => Journal.Entries.Select(entry => entry.Id.Name);

    /// <summary>The level of the category in a configuration that is reloaded.</summary>
    private sealed class LevelSource : IConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>
    {
        private LogLevel _level;
        private CancellationTokenSource _changed = new();

        public string Name => Options.DefaultName;

        public void Set(LogLevel level)
        {
            _level = level;
            Interlocked.Exchange(ref _changed, new CancellationTokenSource()).Cancel();
        }

        public void Configure(LoggerFilterOptions options) => options.Rules.Add(new LoggerFilterRule(null, "Sitters", _level, null));

        public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);
    }
}

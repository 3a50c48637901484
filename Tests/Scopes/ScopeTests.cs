using AssemblyToProcess.Gating;
using AssemblyToProcess.Life;
using Sitters;

namespace Tests.Scopes;

/// <summary>Calls in a scope feel no other scope.</summary>
internal sealed class ScopeTests : ControllerFixture
{
    [Test]
    public async Task a_verb_acts_on_the_scope_that_the_code_runs_in()
    {
        var scene = Set<Steered>();
        var (first, second) = (InScope(scene.Sync), InScope(scene.Load));

        first.Scope.Cancel();
        Assert.That(await first.Call.InTime(), Is.Null);
        Assert.That(second.Call.IsCompleted, Is.False);
        Stage.OpenForGood("load");

        Assert.That(await second.Call.InTime(), Is.EqualTo("loaded"));
    }

    [Test]
    public async Task code_in_a_scope_controls_and_lists_that_alone()
    {
        var scene = Set<Steered>();
        var outside = scene.Load();
        using (SitterScope.Begin(new SitterScopeOptions { Name = "mine" }))
        {
            var call = scene.Sync();
            Assert.That(Sitter.ActiveCalls.Select(one => one.Name), Is.EqualTo(new[] { "Sync" }));
            Sitter.Pause();
            Assert.That(Sitter.IsPaused, Is.True);
            Assert.That(Sitter.ActiveCalls.Single().State, Is.EqualTo(SitState.Paused));
            Sitter.Cancel();
            Assert.That(await call.InTime(), Is.Null);
            await Sitter.WhenIdle().InTime();
        }

        Assert.That(Sitter.IsPaused, Is.False);
        Assert.That(Call("Load").State, Is.EqualTo(SitState.Running));
        Stage.OpenForGood("load");
        await outside.InTime();
    }

    [Test]
    public async Task outside_of_scopes_a_verb_acts_on_the_whole_process()
    {
        var scoped = InScope(Set<Steered>().Sync);

        Sitter.Cancel();

        Assert.That(await scoped.Call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_pause_of_a_scope_holds_calls_that_begin_in_it_later_and_no_others()
    {
        var scene = Set<Steered>();
        Stage.OpenForGood("sync", "load");
        using var scope = SitterScope.Begin();
        scope.Pause();
        var call = scene.Sync();
        Assert.That(scope.ActiveCalls.Single().State, Is.EqualTo(SitState.Pending));

        Assert.That(await Outside(scene.Load).InTime(), Is.EqualTo("loaded"));
        scope.Resume();
        Assert.That(await call.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task a_call_that_never_suspends_hears_its_scope_too([Values] bool flows)
    {
        var subject = Set<Busy>();
        using var scope = SitterScope.Begin();
        var call = Task.Run<int?>(flows ? subject.WorkThenAwait : subject.WorkThenAwaitUnflowed);
        await Stage.Said("busy");

        scope.Cancel();
        subject.Go.Set();

        Assert.That(await call.InTime(), Is.Default);
    }

    [Test]
    public async Task what_settles_does_so_by_the_clock_of_its_scope()
    {
        var clock = new TestClock();
        Task<int?> call;
        using (SitterScope.Begin(new SitterScopeOptions { TimeProvider = clock }))
        {
            call = Set<Interrupts>().HearsNothing();
        }

        // The one who cancels is in no scope.
        Sitter.Cancel();
        await clock.WhenArmed(0.25);
        Assert.That(call.IsCompleted, Is.False);
        clock.Advance(0.25);

        Assert.That(await call.InTime(), Is.Default);
    }

    [Test]
    public async Task a_scope_has_a_clock_of_its_own()
    {
        var clock = new TestClock();
        Task<string?> call;
        using (SitterScope.Begin(new SitterScopeOptions { TimeProvider = clock }))
        {
            Assert.That(Sitter.TimeProvider, Is.SameAs(clock));
            call = Set<Timed>().Work();
        }

        Assert.That(Sitter.TimeProvider, Is.SameAs(Clock));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(call.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromHours(1));
        await call.EndInTime();
    }

    [Test]
    public async Task idle_is_a_scope_whose_own_calls_have_ended()
    {
        var scene = Set<Steered>();
        var (first, second) = (InScope(scene.Sync), InScope(scene.Load));
        var idle = first.Scope.WhenIdle();
        Assert.That(idle.IsCompleted, Is.False);

        Stage.OpenForGood("sync");
        await idle.InTime();

        Assert.That(second.Scope.WhenIdle().IsCompleted, Is.False);
        Stage.OpenForGood("load");
        await second.Call.InTime();
    }

    [Test]
    public async Task a_scope_that_was_left_lets_its_calls_run_on_and_ends_its_pauses()
    {
        var scene = Set<Steered>();
        var scope = SitterScope.Begin();
        var call = scene.Sync();
        scope.Pause();

        scope.Dispose();
        scope.Dispose();

        Stage.OpenForGood("sync");
        Assert.That(await call.InTime(), Is.EqualTo("synced"));
    }

    [Test]
    public async Task a_scope_that_was_left_ends_the_pauses_of_single_calls_too([Values("filter", "call", "rate")] string by)
    {
        var scene = Set<Steered>();
        var scope = SitterScope.Begin();
        Task[] calls = [scene.Sync(), scene.Load()];
        foreach (var call in scope.ActiveCalls.Where(_ => by == "call"))
        {
            call.Pause(new SitControl { For = TimeSpan.FromHours(1) });
        }

        if (by != "call")
        {
            scope.Pause(_ => true);
        }

        if (by == "rate")
        {
            scope.Resume(_ => true, new SitControl { Rate = 0.001 });
        }

        Stage.OpenForGood("sync", "load");
        scope.Dispose();

        await Task.WhenAll(calls).InTime();
    }

    [Test]
    public async Task a_scope_travels_with_what_is_started_in_it()
    {
        using var scope = SitterScope.Begin();
        var scene = Set<Steered>();

        var call = Task.Run(scene.Sync);
        await Stage.Said("sync");

        Assert.That(scope.ActiveCalls.Single().Name, Is.EqualTo("Sync"));
        Stage.OpenForGood("sync");
        await call.InTime();
    }

    private static (SitterScope Scope, Task<string?> Call) InScope(Func<Task<string?>> start)
    {
        using var scope = SitterScope.Begin();
        return (scope, start());
    }

    private static Task<string?> Outside(Func<Task<string?>> start)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(start);
        }
    }
}

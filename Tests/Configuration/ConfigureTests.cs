using System.Runtime.CompilerServices;
using AssemblyToProcess.Configuring;
using Sitters;

namespace Tests.Configuration;

/// <summary>What <see cref="Sitter.Configure"/> changes, and when a call learns of it.</summary>
internal sealed class ConfigureTests : ControllerFixture
{
    private const string Name = "AssemblyToProcess.Configuring.Adjusted";

    [Test]
    public async Task a_limit_wins_over_the_attribute_until_it_is_taken_back()
    {
        var scene = Set<Adjusted>();
        using (Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 2 }))
        {
            var limited = scene.Read();
            Clock.Advance(2);
            Assert.That(await Failure<TimeoutException>(limited), Has.Message.Contains("after 2 s"));
        }

        var call = scene.Read();
        Clock.Advance(9);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(1);
        Assert.That(await Failure<TimeoutException>(call), Has.Message.Contains("after 10 s"));
    }

    [Test]
    public async Task attempts_and_waits_are_those_of_the_configuration()
    {
        var scene = Set<Adjusted>();
        Stage.OpenForGood("fail");
        using var _ = Configure(Name + ".Fail", new SitSettings { MaxAttempts = 4, RetryDelaySeconds = 3 });

        await Clock.RunUntilEnd(scene.Fail());

        Assert.That(Stage.Count("try"), Is.EqualTo(4));
        Assert.That(Clock.Waits, Is.EqualTo(new[] { 3.0, 3, 3 }));
    }

    [Test]
    public async Task what_the_caller_gets_after_a_timeout_may_change()
    {
        using var _ = Configure(Name + ".Read", new SitSettings { OnTimeout = SitOutcome.Auto });
        var call = Set<Adjusted>().Read();

        Clock.Advance(10);

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_call_keeps_its_settings_until_it_restarts()
    {
        var scene = Set<Adjusted>();
        var call = scene.Read();
        using (Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 30 }))
        {
            Clock.Advance(9);
            Sitter.Restart();
            await Stage.Said("read", 2);
            Clock.Advance(29);
            Assert.That(call.IsCompleted, Is.False);
            Clock.Advance(1);
        }

        Assert.That(await Failure<TimeoutException>(call), Has.Message.Contains("after 30 s"));
    }

    [Test]
    public async Task a_call_that_has_begun_ends_by_the_limit_it_began_with()
    {
        var call = Set<Adjusted>().Read();
        using var _ = Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 30, OnTimeout = SitOutcome.ReturnDefault });

        Clock.Advance(10);

        Assert.That(await Failure<TimeoutException>(call), Has.Message.Contains("after 10 s"));
    }

    [Test]
    public async Task a_call_that_waits_for_its_next_attempt_keeps_its_settings()
    {
        Stage.OpenForGood("fail");
        var call = Set<Adjusted>().Fail();
        await Clock.WhenArmed(1);
        using var _ = Configure(Name + ".Fail", new SitSettings { MaxAttempts = 7, RetryDelaySeconds = 50 });

        await Clock.RunUntilEnd(call);

        Assert.That(Stage.Count("try"), Is.EqualTo(2));
    }

    [Test]
    public async Task a_paused_call_keeps_its_settings()
    {
        var call = Set<Adjusted>().Read();
        Sitter.Pause();
        using var _ = Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 1 });
        Sitter.Resume();

        Clock.Advance(9);
        Assert.That(call.IsCompleted, Is.False);
        Stage.Open("read");

        Assert.That(await call.InTime(), Is.EqualTo("read"));
    }

    [Test]
    public async Task a_call_that_waits_for_the_end_of_a_pause_has_begun()
    {
        Sitter.Pause();
        var call = Set<Adjusted>().Read();
        using var _ = Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 1 });
        Sitter.Resume();

        await Stage.Said("read");
        Clock.Advance(9);
        Assert.That(call.IsCompleted, Is.False);
        Stage.Open("read");

        Assert.That(await call.InTime(), Is.EqualTo("read"));
    }

    [Test]
    public async Task a_later_configuration_wins_over_an_earlier_one_setting_by_setting()
    {
        var scene = Set<Adjusted>();
        using var first = Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 2, OnTimeout = SitOutcome.ReturnDefault });
        using var second = Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 4 });
        var call = scene.Read();
        Clock.Advance(2);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(2);

        Assert.That(await call.InTime(), Is.Null);
    }

    [Test]
    public async Task a_scope_configures_itself_alone_and_over_the_process()
    {
        var scene = Set<Adjusted>();
        using var outside = Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 2, OnTimeout = SitOutcome.ReturnDefault });
        Task<string?> scoped;
        using (SitterScope.Begin())
        {
            using var inside = Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 4 });
            scoped = scene.Read();
        }

        var unscoped = scene.Read();
        Clock.Advance(2);
        Assert.That(await unscoped.InTime(), Is.Null);
        Assert.That(scoped.IsCompleted, Is.False);
        Clock.Advance(2);
        Assert.That(await scoped.InTime(), Is.Null);
    }

    [Test]
    public async Task the_enumeration_of_a_stream_has_the_settings_of_its_beginning()
    {
        var stream = Set<Adjusted>().Stream();
        using var _ = Configure(Name + ".Stream", new SitSettings { TimeoutSeconds = 3 });
        await using var elements = stream.GetAsyncEnumerator();
        var first = elements.MoveNextAsync().AsTask();

        Clock.Advance(3);

        Assert.That(await Failure<TimeoutException>(first), Has.Message.Contains("after 3 s"));
    }

    [Test]
    public async Task a_method_without_flow_is_configured_like_any_other()
    {
        using var _ = Configure(Name + ".Quick", new SitSettings { TimeoutSeconds = 3 });
        var call = Set<Adjusted>().Quick(1);

        Clock.Advance(3);

        Assert.That(await call.AsTask().InTime(), Is.Null);
    }

    [Test]
    public void a_configuration_that_was_taken_back_leaves_nothing()
    {
        Configure(Name, new SitSettings { TimeoutSeconds = 3 }).Dispose();

        Assert.That(Sitters.Runtime.Configuring.Snapshot.Current.Unscoped(), Is.Empty);
    }

    [Test]
    public async Task a_configuration_ends_with_its_scope_and_that_of_the_scope_around_it_holds_on()
    {
        var scene = Set<Adjusted>();
        using var outer = SitterScope.Begin();
        using var around = Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 5 });
        var inner = SitterScope.Begin();
        Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 3 });
        var ended = new TaskCompletionSource();
        var call = ReadAfter(ended.Task, scene);

        inner.Dispose();
        ended.SetResult();

        await Stage.Reached("read");
        Clock.Advance(4.9);
        Assert.That(call.IsCompleted, Is.False);
        Clock.Advance(0.1);

        Assert.That(await Failure<TimeoutException>(call), Has.Message.Contains("after 5 s"));
    }

    [Test]
    public async Task a_scope_that_has_ended_is_configured_no_more()
    {
        var ended = new TaskCompletionSource();
        Task late;
        using (SitterScope.Begin())
        {
            late = ConfigureAfter(ended.Task);
        }

        ended.SetResult();

        await Failure<ObjectDisposedException>(late);
        Assert.That(Sitters.Runtime.Configuring.Snapshot.Current.Scopes, Is.Empty);
    }

    [Test]
    public async Task a_scope_whose_configuration_nobody_has_taken_back_is_not_kept()
    {
        var scene = Set<Adjusted>();
        Stage.OpenForGood("read");
        await IsCollected(await ReadInScope(scene, isTakenBack: false));
    }

    [Test]
    public async Task a_scope_whose_configuration_was_taken_back_is_not_kept_by_the_methods_that_were_called_in_it()
    {
        var scene = Set<Adjusted>();
        Stage.OpenForGood("read");
        await IsCollected(await ReadInScope(scene, isTakenBack: true));
    }

    private static async Task IsCollected(WeakReference scope)
    {
        for (var i = 0; i < 200 && scope.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(5);
        }

        Assert.That(scope.IsAlive, Is.False);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ReadInScope(Adjusted scene, bool isTakenBack)
    {
        using var scope = SitterScope.Begin();
        var settings = Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 3 });
        await scene.Read();
        if (isTakenBack)
        {
            settings.Dispose();
        }

        return new WeakReference(scope);
    }

    private static async Task<string?> ReadAfter(Task start, Adjusted scene)
    {
        await start.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await scene.Read();
    }

    private static async Task ConfigureAfter(Task start)
    {
        await start.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Configure(Name + ".Read", new SitSettings { TimeoutSeconds = 3 });
    }

    private static IDisposable Configure(string name, SitSettings settings) => Sitter.Configure(configuration => configuration.Methods[name] = settings);
}
